package dev.alig.conformance.torch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.model.SideEffects;
import dev.alig.conformance.model.SideEffects.SideEffect;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.oracle.RefusedSettingsException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the answer to a batch of cases, and refuses a malformed one.
 *
 * <p>A step size may be any number; the judge decides whether it is right. A missing step size or
 * unwritten memory is a defect of the oracle, never a difference.
 */
final class Replies {
  /** How much of a malformed answer a message shows. */
  private static final int SHOWN = 200;

  private Replies() {}

  /**
   * The traces of a batch whose outputs lie one after the other.
   *
   * @throws OracleException if the answer or the memory is corrupted, or an optimizer could not be
   *     constructed
   */
  static List<Trace> read(List<StepCase> cases, String answer, ByteBuffer outputs) {
    JsonNode list = parse(answer);
    if (!list.isArray()) {
      throw OracleException.corrupted("a list of answers was expected, was " + shown(answer));
    }
    if (list.size() != cases.size()) {
      throw OracleException.corrupted(
          "%d answers to %d cases".formatted(list.size(), cases.size()));
    }
    List<Trace> traces = new ArrayList<>();
    int out = 0;
    for (int i = 0; i < cases.size(); i++) {
      traces.add(trace(cases.get(i), list.get(i), outputs, out));
      out += Outputs.bytes(cases.get(i));
    }
    return traces;
  }

  private static JsonNode parse(String answer) {
    try {
      return TorchOracle.JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw OracleException.corrupted("the answer is not JSON: " + shown(answer));
    }
  }

  private static String shown(String answer) {
    return answer.length() <= SHOWN ? answer : answer.substring(0, SHOWN) + "…";
  }

  private static Trace trace(StepCase scripted, JsonNode answer, ByteBuffer outputs, int out) {
    JsonNode raised = answer.path("raised");
    if ("construct".equals(raised.path("stage").asText())) {
      throw new RefusedSettingsException(raised.path("message").asText());
    }
    boolean completed = raised.isMissingNode() || raised.isNull();
    List<Sizes> sizes = sizes(scripted, answer.path("steps"), completed);
    Outputs.check(scripted, outputs, out, 1 + sizes.size());
    ByteBuffer states = outputs.position(out);
    State constructed = Packing.read(scripted, states);
    List<TracedStep> steps = new ArrayList<>();
    for (Sizes taken : sizes) {
      State after = Packing.read(scripted, states);
      steps.add(new TracedStep(taken.unclipped(), taken.ofGroups(), taken.mean(), after));
    }
    Optional<String> reason =
        completed
            ? Optional.empty()
            : Optional.of(raised.path("type").asText() + ": " + raised.path("message").asText());
    return new Trace(constructed, steps, reason, Optional.of(effects(answer)));
  }

  private static SideEffects effects(JsonNode answer) {
    List<SideEffect> found = new ArrayList<>();
    for (JsonNode effect : answer.path("effects")) {
      JsonNode step = effect.path("step");
      OptionalInt when = step.isInt() ? OptionalInt.of(step.intValue()) : OptionalInt.empty();
      found.add(new SideEffect(when, effect.path("what").asText()));
    }
    return new SideEffects(answer.path("watched").longValue(), found);
  }

  private record Sizes(double unclipped, List<Double> ofGroups, double mean) {}

  private static List<Sizes> sizes(StepCase scripted, JsonNode steps, boolean completed) {
    int expected = scripted.steps().size();
    if (completed ? steps.size() != expected : steps.size() >= expected) {
      String claim = completed ? "has" : "failed at one of";
      throw OracleException.corrupted(
          "step sizes of %d steps in case %s, which %s %d steps"
              .formatted(steps.size(), scripted.id(), claim, expected));
    }
    List<Sizes> sizes = new ArrayList<>();
    for (int k = 0; k < steps.size(); k++) {
      String where = "step %d of case %s".formatted(k, scripted.id());
      sizes.add(sizes(scripted.groups().size(), steps.get(k), where));
    }
    return sizes;
  }

  private static Sizes sizes(int groups, JsonNode step, String where) {
    JsonNode list = step.path("step_sizes");
    if (list.size() != groups) {
      throw OracleException.corrupted(
          "%s has %d step sizes for %d groups".formatted(where, list.size(), groups));
    }
    List<Double> ofGroups = new ArrayList<>();
    list.forEach(size -> ofGroups.add(number(size, "a step size", where)));
    return new Sizes(
        number(step.path("unclipped"), "the unclipped step size", where),
        ofGroups,
        number(step.path("mean"), "the mean step size", where));
  }

  private static double number(JsonNode node, String what, String where) {
    if (!node.isNumber()) {
      throw OracleException.corrupted(
          "%s of %s is no number: %s".formatted(what, where, shown(node.toString())));
    }
    return node.doubleValue();
  }
}
