package dev.alig.benchmark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.MomentumForm;
import dev.alig.benchmark.race.Twin;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The yardstick for the bridge: the same request and reply as lines of JSON, all numbers in them.
 *
 * <p>For cases of FLOAT with a state to resume from, without caps and without a ball.
 */
final class OverPipes {
  private final Twin twin;

  OverPipes(Twin twin) {
    this.twin = twin;
  }

  /** Loads the bundled package, or a Python file with an optimizer; returns its handle. */
  int configure(Optional<String> file) {
    ObjectNode question = Twin.question("configure");
    file.ifPresentOrElse(name -> question.put("package", name), () -> question.putNull("package"));
    return twin.ask(question).path("handle").intValue();
  }

  /** Asks for no case at all. */
  void callOnly(int handle) {
    cross(handle, List.of());
  }

  /** Runs a case on a package; returns all states after construction and after each step. */
  double[] run(int handle, Scripted scripted) {
    return cross(handle, List.of(scripted));
  }

  private double[] cross(int handle, List<Scripted> cases) {
    ObjectNode question = Twin.question("cross");
    ObjectNode request = Twin.object().put("package", handle);
    ArrayNode list = request.putArray("cases");
    ArrayNode inputs = question.putArray("inputs");
    int outputs = 0;
    for (Scripted scripted : cases) {
      describe(scripted, list.addObject());
      write(scripted, inputs);
      outputs += outputs(scripted);
    }
    question.put("request", request.toString());
    question.put("dtype", "float32");
    question.put("outputs", outputs);
    JsonNode answer = twin.ask(question);
    if (Twin.parse(answer.path("reply").asText()).size() != cases.size()) {
      throw new IllegalStateException("the Python process answered " + answer);
    }
    return Twin.numbers(answer.path("outputs"));
  }

  private static void describe(Scripted scripted, ObjectNode node) {
    node.put("dtype", scripted.dtype().torchName());
    node.put("eps", scripted.eps());
    node.put("adjusted", scripted.form() == MomentumForm.ADJUSTED);
    node.putNull("radius");
    node.put("resumed", true);
    node.put("in", 0);
    node.put("out", 0);
    ArrayNode groups = node.putArray("groups");
    for (Group group : scripted.groups()) {
      ObjectNode described = groups.addObject().putNull("max_lr").put("momentum", group.momentum());
      ArrayNode shapes = described.putArray("shapes");
      group.parameters().forEach(tensor -> tensor.shape().forEach(shapes.addArray()::add));
    }
    ArrayNode steps = node.putArray("steps");
    for (Step step : scripted.steps()) {
      ObjectNode described = steps.addObject();
      described.put("loss", step.loss()).put("kind", step.lossKind().word());
      ArrayNode present = described.putArray("present");
      step.gradients().forEach(group -> group.forEach(g -> present.addArray().add(g.isPresent())));
    }
  }

  private static void write(Scripted scripted, ArrayNode inputs) {
    scripted.groups().forEach(group -> group.parameters().forEach(t -> write(t, inputs)));
    State resumed = scripted.resumed().orElseThrow();
    resumed.parameters().forEach(group -> group.forEach(t -> write(t, inputs)));
    resumed.buffers().forEach(group -> group.forEach(v -> write(v.orElseThrow(), inputs)));
    for (Step step : scripted.steps()) {
      step.gradients().forEach(group -> group.forEach(g -> write(g.orElseThrow(), inputs)));
    }
  }

  private static void write(Tensor tensor, ArrayNode inputs) {
    for (int e = 0; e < tensor.size(); e++) {
      inputs.add((float) tensor.get(e));
    }
  }

  /** Parameters and buffers of every state. */
  private static int outputs(Scripted scripted) {
    int elements =
        scripted.groups().stream()
            .flatMap(group -> group.parameters().stream())
            .mapToInt(Tensor::size)
            .sum();
    return (1 + scripted.steps().size()) * 2 * elements;
  }
}
