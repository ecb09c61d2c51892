package dev.alig.conformance.subjects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.MomentumForm;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.tensorflow.Semantics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of a case through shared graphs and back. */
class TensorFlowSubjectTest {
  private static final Tensor START = Tensor.vector(1, -2);
  private static final Tensor SLOPE = Tensor.vector(3, 4);

  private final TensorFlowSubject subject = new TensorFlowSubject(Semantics.PYTORCH);

  @Test
  void aCaseLeavesNothingBehindForTheNextOfItsGraph() {
    StepCase scripted = scripted(0.5, step(Optional.of(SLOPE)), step(Optional.of(SLOPE)));
    Trace first = subject.run(scripted);
    assertThat(subject.run(scripted)).isEqualTo(first);
  }

  @Test
  void momentumSurvivesAStepOfAnotherGraph() {
    Trace whole =
        subject.run(
            scripted(
                0.5, step(Optional.of(SLOPE)), step(Optional.empty()), step(Optional.of(SLOPE))));
    State between = whole.steps().get(0).after();
    assertThat(whole.steps().get(1).after()).isEqualTo(between);
    // v = 0.5·(-0.1·3) - 0.1·3 from -0.1·3, and p = 1 - 0.1·3·(1 + 0.5) - 0.1·3 + 0.5·v.
    assertThat(buffer(whole, 2)).isCloseTo(-0.45, within());
    assertThat(parameter(whole, 2)).isCloseTo(0.025, within());
  }

  @Test
  void momentumHasOneSignInBothForms() {
    Step step = step(Optional.of(SLOPE));
    assertThat(buffer(subject.run(scripted(0.5, step)), 0)).isNegative();
    assertThat(buffer(subject.run(scripted(MomentumForm.ADJUSTED, 0.5, step)), 0)).isNegative();
  }

  @Test
  void settingsAreRefusedThoughTheGraphWouldTakeThem() {
    assertThatThrownBy(() -> subject.run(scripted(-0.5, step(Optional.of(SLOPE)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("momentum must be >= 0, was -0.5");
  }

  /** The whole suite judges this subject only on request, so the build looks at it here. */
  @ParameterizedTest
  @EnumSource
  void resourceVariablesTakeTheStepsOfReferenceVariables(MomentumForm form) {
    TensorFlowSubject resources = TensorFlowSubject.ofResources();
    for (double momentum : new double[] {0, 0.5}) {
      for (OptionalDouble radius : List.of(OptionalDouble.empty(), OptionalDouble.of(2))) {
        StepCase scripted =
            scripted(
                form,
                momentum,
                radius,
                step(Optional.of(SLOPE)),
                step(Optional.empty()),
                step(Optional.of(SLOPE)));
        assertThat(resources.run(scripted)).isEqualTo(subject.run(scripted));
        assertThat(new Judge(new ExactOracle()).compare(scripted, resources))
            .isInstanceOf(Verdict.Agrees.class);
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-15);
  }

  private static double buffer(Trace trace, int step) {
    return trace.steps().get(step).after().buffers().get(0).get(0).orElseThrow().get(0);
  }

  private static double parameter(Trace trace, int step) {
    return trace.steps().get(step).after().parameters().get(0).get(0).get(0);
  }

  private static Step step(Optional<Tensor> gradient) {
    return new Step(100, LossKind.TENSOR, List.of(List.of(gradient)));
  }

  private static StepCase scripted(double momentum, Step... steps) {
    return scripted(MomentumForm.STANDARD, momentum, steps);
  }

  private static StepCase scripted(MomentumForm form, double momentum, Step... steps) {
    return scripted(form, momentum, OptionalDouble.empty(), steps);
  }

  private static StepCase scripted(
      MomentumForm form, double momentum, OptionalDouble radius, Step... steps) {
    Group group = new Group(OptionalDouble.of(0.1), momentum, List.of(START));
    return new StepCase(
        "subject",
        DType.DOUBLE,
        1e-5,
        form,
        radius,
        List.of(group),
        List.of(steps),
        Optional.empty());
  }
}
