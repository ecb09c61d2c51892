package dev.alig.conformance.differences;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A case of one group with one parameter and one step, made to show a single difference. */
record OneStepProblem(
    DType dtype,
    double eps,
    MomentumForm form,
    double momentum,
    OptionalDouble cap,
    LossKind kind,
    Tensor parameter) {
  /** No cap, no momentum, the default eps, a tensor for the loss, parameters all 1. */
  static OneStepProblem of(DType dtype, int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return new OneStepProblem(
        dtype,
        1e-5,
        MomentumForm.STANDARD,
        0,
        OptionalDouble.empty(),
        LossKind.TENSOR,
        Tensor.vector(ones));
  }

  OneStepProblem withEps(double value) {
    return new OneStepProblem(dtype, value, form, momentum, cap, kind, parameter);
  }

  OneStepProblem withAdjustedMomentum(double value) {
    return new OneStepProblem(dtype, eps, MomentumForm.ADJUSTED, value, cap, kind, parameter);
  }

  OneStepProblem withCap(double value) {
    return new OneStepProblem(
        dtype, eps, form, momentum, OptionalDouble.of(value), kind, parameter);
  }

  OneStepProblem withParameter(double... values) {
    return new OneStepProblem(dtype, eps, form, momentum, cap, kind, Tensor.vector(values));
  }

  OneStepProblem withLoss(LossKind value) {
    return new OneStepProblem(dtype, eps, form, momentum, cap, value, parameter);
  }

  /** The case for a loss and a gradient. */
  StepCase step(double loss, double... gradient) {
    return scripted(loss, Optional.of(Tensor.vector(gradient)));
  }

  /** The case for a loss where the parameter has no gradient. */
  StepCase stepWithoutGradient(double loss) {
    return scripted(loss, Optional.empty());
  }

  private StepCase scripted(double loss, Optional<Tensor> gradient) {
    return new StepCase(
        "known-difference",
        dtype,
        eps,
        form,
        OptionalDouble.empty(),
        List.of(new Group(cap, momentum, List.of(parameter))),
        List.of(new Step(loss, kind, List.of(List.of(gradient)))),
        Optional.empty());
  }

  /** The step that a party takes. */
  static TracedStep taken(Implementation party, StepCase scripted) {
    Trace trace = party.run(scripted);
    return trace.steps().stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s took no step: %s"
                        .formatted(party.name(), trace.raised().orElse("it gave no reason"))));
  }

  /** The unclipped step size that a party takes. */
  static double stepSize(Implementation party, StepCase scripted) {
    return taken(party, scripted).unclipped();
  }

  /** The parameter after a party's step. */
  static double[] after(Implementation party, StepCase scripted) {
    return taken(party, scripted).after().parameters().get(0).get(0).toArray();
  }
}
