package dev.alig.conformance.theorems;

import dev.alig.MomentumForm;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.judge.TraceComparison;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.model.Worst;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * P8: with the loss multiplied by c, the parameters by 1/s, max_lr by 1/(cs²), and eps by c²s²,
 * ALI-G does the same: bit for bit, where c and s are powers of two.
 *
 * <p>Gradients are multiplied by cs, the radius by 1/s, step sizes by c/(c²s²) = 1/(cs²), buffers
 * of the standard form by (1/(cs²))·cs = 1/s, and of the adjusted form by cs. Every operand of
 * every operation is multiplied by a power of two then, and both sides of every comparison and sum
 * by the same one; so is every result, and rounding commutes with it as long as the result is
 * neither too large nor denormal in both runs.
 *
 * <p>It is neither by construction. With |log₂c|, |log₂s| at most 4 for FLOAT, and numbers that are
 * 0 or within [2^-10, 2^11) as {@code Cases.withScalableNumbers} draws them, at most 2^9 of them,
 * losses within [2^-20, 2^7], eps within [2^-17, 1] and caps of 2^-10 at least, both runs have
 * gradients within 2^±19, squares within 2^±38, denominators within [2^-33, 2^48], and step sizes
 * within [2^-72, 2^44]; with momentum factors above 2^-10 the numbers that come of them have at
 * most 48 digits, the last of which is above 2^-149. What cancellation leaves in a parameter or
 * buffer is nearly always above 2^-{@value #SMALLEST_POWER}; a case in which it is not is left out,
 * see {@link #preservesDigits}. DOUBLE has eight times the exponents, and takes up to 2^±32.
 *
 * @param scripted a case whose numbers leave room for scaling
 * @param lossPower log₂c
 * @param parameterPower log₂s
 */
record Scaling(StepCase scripted, int lossPower, int parameterPower) implements Trial {
  static final int SMALLEST_POWER = 100;

  Scaling {
    int most = most(scripted.dtype());
    if (Math.abs(lossPower) > most || Math.abs(parameterPower) > most) {
      throw new IllegalArgumentException(
          "%s: powers must be at most %d, were %d and %d"
              .formatted(scripted.dtype(), most, lossPower, parameterPower));
    }
    if (lossPower == 0 && parameterPower == 0) {
      throw new IllegalArgumentException(
          "a power must not be 0, or the case is compared with itself; both were 0");
    }
  }

  /** The largest |log₂c| and |log₂s| in a format. */
  static int most(DType dtype) {
    return dtype == DType.FLOAT ? 4 : 32;
  }

  @Override
  public Result judge(Implementation subject, Optional<Implementation> oracle) {
    Optional<String> why = subject.inapplicable(scripted);
    return new Result(
        why.isPresent() ? new Verdict.Inapplicable(why.get()) : compare(subject, oracle), scripted);
  }

  private Verdict compare(Implementation subject, Optional<Implementation> oracle) {
    Implementation runs = subject;
    try {
      List<Trace> ofSubject = runBoth(subject);
      List<Trace> ofOracle = List.of();
      if (oracle.isPresent()) {
        runs = oracle.get();
        ofOracle = runBoth(runs);
      }
      Trace trusted = (ofOracle.isEmpty() ? ofSubject : ofOracle).get(0);
      if (!preservesDigits(trusted)) {
        return new Verdict.Inapplicable("cancellation left too small a number to scale");
      }
      Optional<Difference> difference = difference(ofSubject, "the subject " + subject.name());
      if (difference.isEmpty() && oracle.isPresent()) {
        difference = difference(ofOracle, "the oracle " + oracle.get().name());
      }
      long numbers =
          TraceComparison.of(scripted, trusted, trusted).numbers() * (oracle.isPresent() ? 2L : 1L);
      return difference
          .<Verdict>map(Verdict.Differs::new)
          .orElseGet(() -> new Verdict.Agrees(numbers, Worst.NONE));
    } catch (RuntimeException e) {
      return new Verdict.Broken(runs.name() + " at " + scripted.id(), e);
    }
  }

  /** The case and the scaled one. */
  private List<Trace> runBoth(Implementation implementation) {
    return implementation.runAll(List.of(scripted, scaled()));
  }

  private StepCase scaled() {
    return new StepCase(
        "%s, scaled by 2^%d and 2^%d".formatted(scripted.id(), lossPower, parameterPower),
        scripted.dtype(),
        Math.scalb(scripted.eps(), 2 * (lossPower + parameterPower)),
        scripted.form(),
        scaled(scripted.radius(), -parameterPower),
        scripted.groups().stream().map(this::scaled).toList(),
        scripted.steps().stream().map(this::scaled).toList(),
        Optional.empty());
  }

  private Group scaled(Group group) {
    return new Group(
        scaled(group.maxLearningRate(), stepSizePower()),
        group.momentum(),
        group.parameters().stream().map(p -> scaled(p, -parameterPower)).toList());
  }

  private Step scaled(Step step) {
    return new Step(
        Math.scalb(step.loss(), lossPower),
        step.lossKind(),
        step.gradients().stream().map(this::scaledGradients).toList());
  }

  private List<Optional<Tensor>> scaledGradients(List<Optional<Tensor>> group) {
    int power = lossPower + parameterPower;
    return group.stream().map(gradient -> gradient.map(g -> scaled(g, power))).toList();
  }

  private int stepSizePower() {
    return -lossPower - 2 * parameterPower;
  }

  /** What the scaled case must give after a step, from what the case itself gave. */
  private TracedStep scaled(TracedStep step) {
    return new TracedStep(
        Math.scalb(step.unclipped(), stepSizePower()),
        step.stepSizes().stream().map(size -> Math.scalb(size, stepSizePower())).toList(),
        Math.scalb(step.mean(), stepSizePower()),
        scaled(step.after()));
  }

  private State scaled(State state) {
    boolean standard = scripted.form() == MomentumForm.STANDARD;
    int bufferPower = standard ? -parameterPower : lossPower + parameterPower;
    return state.map(p -> scaled(p, -parameterPower), v -> scaled(v, bufferPower));
  }

  private static OptionalDouble scaled(OptionalDouble number, int power) {
    return number.isPresent() ? OptionalDouble.of(Math.scalb(number.getAsDouble(), power)) : number;
  }

  private static Tensor scaled(Tensor tensor, int power) {
    return tensor.map(value -> Math.scalb(value, power));
  }

  /** Whether every number of a trace is 0 or far enough from the denormals of FLOAT. */
  private static boolean preservesDigits(Trace trace) {
    double least = Math.scalb(1.0, -SMALLEST_POWER);
    return trace.steps().stream()
        .flatMap(step -> step.after().tensors())
        .flatMapToDouble(tensor -> Arrays.stream(tensor.toArray()))
        .allMatch(value -> value == 0 || !(Math.abs(value) < least));
  }

  /** Compares what the scaled case gave with what it must give. */
  private Optional<Difference> difference(List<Trace> traces, String who) {
    Trace trace = traces.get(0);
    Trace expected =
        new Trace(
            scaled(trace.constructed()),
            trace.steps().stream().map(this::scaled).toList(),
            trace.raised());
    TraceComparison bits = TraceComparison.of(scripted, expected, traces.get(1));
    String powers = "loss 2^%d, parameters 2^%d".formatted(lossPower, -parameterPower);
    return bits.first()
        .map(
            place ->
                new Difference(
                    List.of(
                        new Fact("claim", "the scaled case gives the same digits, scaled"),
                        new Fact("where", place.toString()),
                        new Fact("violated by", who),
                        new Fact("scaled by", powers),
                        new Fact("expected", bits.show(place.in(expected))),
                        new Fact("actual", bits.show(place.in(traces.get(1)))),
                        new Fact("allowed", "no difference in any bit")),
                    Optional.empty()));
  }

  @Override
  public String toString() {
    return "%s, scaled by 2^%d and 2^%d".formatted(scripted.id(), lossPower, parameterPower);
  }
}
