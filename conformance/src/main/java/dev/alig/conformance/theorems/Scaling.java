package dev.alig.conformance.theorems;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
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
 * @param lossPower log₂c
 * @param parameterPower log₂s
 */
record Scaling(int lossPower, int parameterPower) {
  static final int SMALLEST_POWER = 100;

  /** The largest |log₂c| and |log₂s| in a format. */
  static int most(DType dtype) {
    return dtype == DType.FLOAT ? 4 : 32;
  }

  /** The scaled case. */
  Scripted of(Scripted scripted) {
    return new Scripted(
        "%s, scaled by 2^%d and 2^%d".formatted(scripted.id(), lossPower, parameterPower),
        scripted.dtype(),
        Math.scalb(scripted.eps(), 2 * (lossPower + parameterPower)),
        scripted.form(),
        scaled(scripted.radius(), -parameterPower),
        scripted.groups().stream().map(this::of).toList(),
        scripted.steps().stream().map(this::of).toList(),
        Optional.empty());
  }

  private Group of(Group group) {
    return new Group(
        scaled(group.maxLearningRate(), stepSizePower()),
        group.momentum(),
        group.parameters().stream().map(p -> scaled(p, -parameterPower)).toList());
  }

  private Step of(Step step) {
    List<List<Optional<Tensor>>> gradients =
        step.gradients().stream()
            .map(group -> group.stream().map(g -> g.map(this::gradient)).toList())
            .toList();
    return new Step(Math.scalb(step.loss(), lossPower), step.lossKind(), gradients);
  }

  private Tensor gradient(Tensor tensor) {
    return scaled(tensor, lossPower + parameterPower);
  }

  private int stepSizePower() {
    return -lossPower - 2 * parameterPower;
  }

  /** What the scaled case must give, from what the case itself gave. */
  Trace of(Trace trace, MomentumForm form) {
    return new Trace(
        of(trace.constructed(), form),
        trace.steps().stream().map(step -> of(step, form)).toList(),
        trace.raised());
  }

  private TracedStep of(TracedStep step, MomentumForm form) {
    return new TracedStep(
        Math.scalb(step.unclipped(), stepSizePower()),
        step.stepSizes().stream().map(size -> Math.scalb(size, stepSizePower())).toList(),
        Math.scalb(step.mean(), stepSizePower()),
        of(step.after(), form));
  }

  private State of(State state, MomentumForm form) {
    int bufferPower = form == MomentumForm.STANDARD ? -parameterPower : lossPower + parameterPower;
    return new State(
        state.parameters().stream()
            .map(group -> group.stream().map(p -> scaled(p, -parameterPower)).toList())
            .toList(),
        state.buffers().stream()
            .map(group -> group.stream().map(b -> b.map(v -> scaled(v, bufferPower))).toList())
            .toList());
  }

  /** Whether every number of a trace is 0 or far enough from the denormals of FLOAT. */
  static boolean preservesDigits(Trace trace) {
    return trace.steps().stream().map(TracedStep::after).allMatch(Scaling::preservesDigits);
  }

  private static boolean preservesDigits(State state) {
    boolean parameters =
        state.parameters().stream().flatMap(List::stream).allMatch(Scaling::preservesDigits);
    return parameters
        && state.buffers().stream()
            .flatMap(List::stream)
            .flatMap(Optional::stream)
            .allMatch(Scaling::preservesDigits);
  }

  private static boolean preservesDigits(Tensor tensor) {
    for (int e = 0; e < tensor.size(); e++) {
      double value = tensor.get(e);
      if (value != 0 && Math.abs(value) < Math.scalb(1.0, -SMALLEST_POWER)) {
        return false;
      }
    }
    return true;
  }

  private static OptionalDouble scaled(OptionalDouble number, int power) {
    return number.isPresent() ? OptionalDouble.of(Math.scalb(number.getAsDouble(), power)) : number;
  }

  private static Tensor scaled(Tensor tensor, int power) {
    double[] values = tensor.toArray();
    for (int e = 0; e < values.length; e++) {
      values[e] = Math.scalb(values[e], power);
    }
    return Tensor.of(tensor.shape(), values);
  }
}
