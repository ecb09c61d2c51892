package dev.alig.conformance.differences;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A case of one group with one parameter and one step, made to show a single difference. */
record Problem(
    DType dtype,
    double eps,
    MomentumForm form,
    double momentum,
    OptionalDouble cap,
    LossKind kind,
    Tensor parameter) {

  /** No cap, no momentum, the default eps, a tensor for the loss, parameters all 1. */
  static Problem of(DType dtype, int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return new Problem(
        dtype,
        1e-5,
        MomentumForm.STANDARD,
        0,
        OptionalDouble.empty(),
        LossKind.TENSOR,
        Tensor.vector(ones));
  }

  Problem withEps(double value) {
    return new Problem(dtype, value, form, momentum, cap, kind, parameter);
  }

  Problem withAdjustedMomentum(double value) {
    return new Problem(dtype, eps, MomentumForm.ADJUSTED, value, cap, kind, parameter);
  }

  Problem withCap(double value) {
    return new Problem(dtype, eps, form, momentum, OptionalDouble.of(value), kind, parameter);
  }

  Problem withParameter(double... values) {
    return new Problem(dtype, eps, form, momentum, cap, kind, Tensor.vector(values));
  }

  Problem withLoss(LossKind value) {
    return new Problem(dtype, eps, form, momentum, cap, value, parameter);
  }

  /** The case for a loss and a gradient. */
  Scripted step(double loss, double... gradient) {
    return scripted(loss, Optional.of(Tensor.vector(gradient)));
  }

  /** The case for a loss where the parameter has no gradient. */
  Scripted stepWithoutGradient(double loss) {
    return scripted(loss, Optional.empty());
  }

  private Scripted scripted(double loss, Optional<Tensor> gradient) {
    return new Scripted(
        "known-difference",
        dtype,
        eps,
        form,
        OptionalDouble.empty(),
        List.of(new Group(cap, momentum, List.of(parameter))),
        List.of(new Step(loss, kind, List.of(List.of(gradient)))),
        Optional.empty());
  }
}
