package dev.alig.conformance.differences;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * A party that has none of the peculiarities of the register: it computes each case in float64,
 * divides once, never raises, and leaves no norm above its radius.
 *
 * @param name what it passes for
 * @param mistake what it does to the steps it reports, in a test that needs it to err
 */
record Ideal(String name, UnaryOperator<TracedStep> mistake) implements Implementation {
  Ideal(String name) {
    this(name, UnaryOperator.identity());
  }

  @Override
  public Trace run(StepCase scripted) {
    Trace trace = new ExactOracle().run(wide(scripted));
    List<TracedStep> steps = trace.steps().stream().map(mistake).toList();
    return new Trace(trace.constructed(), steps, Optional.empty());
  }

  private static StepCase wide(StepCase scripted) {
    boolean many = scripted.groups().get(0).parameters().get(0).size() > 1000;
    StepCase all = many ? summed(scripted) : scripted;
    // Half an ulp of float32 below the radius, which keeps every norm below it in float64.
    return new StepCase(
        all.id(),
        DType.DOUBLE,
        all.eps(),
        all.form(),
        all.radius().isPresent()
            ? OptionalDouble.of(all.radius().getAsDouble() * (1 - 0x1p-25))
            : all.radius(),
        all.groups(),
        all.steps(),
        all.resumed());
  }

  /** The same problem with one element, whose square is the sum of squares; exact is slow. */
  private static StepCase summed(StepCase scripted) {
    Step step = scripted.steps().get(0);
    double sum = 0;
    for (double g : step.gradients().get(0).get(0).orElseThrow().toArray()) {
      sum += g * g;
    }
    Group group = scripted.groups().get(0);
    Tensor one = Tensor.vector(Math.sqrt(sum));
    return new StepCase(
        scripted.id(),
        scripted.dtype(),
        scripted.eps(),
        scripted.form(),
        scripted.radius(),
        List.of(new Group(group.maxLearningRate(), group.momentum(), List.of(one))),
        List.of(new Step(step.loss(), step.lossKind(), List.of(List.of(Optional.of(one))))),
        Optional.empty());
  }
}
