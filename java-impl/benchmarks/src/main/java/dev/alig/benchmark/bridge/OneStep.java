package dev.alig.benchmark.bridge;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The case that crosses: one step from a given state, as the judge asks for. */
final class OneStep {
  private static final double MOMENTUM = 0.9;

  private OneStep() {}

  static Scripted of(int elements) {
    Tensor parameters = filled(elements, 0.5);
    Tensor momenta = filled(elements, 0.25);
    Tensor gradients = filled(elements, 0.75);
    return new Scripted(
        "one step of " + elements,
        DType.FLOAT,
        1e-5,
        MomentumForm.STANDARD,
        OptionalDouble.empty(),
        List.of(new Group(OptionalDouble.empty(), MOMENTUM, List.of(parameters))),
        List.of(new Step(0.1, LossKind.TENSOR, List.of(List.of(Optional.of(gradients))))),
        Optional.of(
            new State(List.of(List.of(parameters)), List.of(List.of(Optional.of(momenta))))));
  }

  /** Numbers of some digits, so that JSON has some to write. */
  private static Tensor filled(int elements, double scale) {
    double[] values = new double[elements];
    Arrays.setAll(values, i -> (float) (scale * Math.sin(i + 1)));
    return Tensor.of(List.of(elements), values);
  }
}
