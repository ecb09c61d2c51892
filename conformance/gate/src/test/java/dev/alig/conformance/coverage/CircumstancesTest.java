package dev.alig.conformance.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.subjects.TensorFlowSubject;
import dev.alig.tensorflow.Semantics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CircumstancesTest {
  private static StepCase scripted(double cap, double eps, double radius, Step step) {
    Group group =
        new Group(
            Double.isInfinite(cap) ? OptionalDouble.empty() : OptionalDouble.of(cap),
            0.5,
            List.of(Tensor.vector(3, 4), Tensor.vector(0)));
    return new StepCase(
        "case",
        DType.FLOAT,
        eps,
        MomentumForm.ADJUSTED,
        Double.isInfinite(radius) ? OptionalDouble.empty() : OptionalDouble.of(radius),
        List.of(group),
        List.of(step),
        Optional.empty());
  }

  private static Step step(double loss, double gradient) {
    return new Step(
        loss,
        LossKind.TENSOR,
        List.of(List.of(Optional.of(Tensor.vector(gradient, gradient)), Optional.empty())));
  }

  private static Set<Level> levels(StepCase scripted) {
    Set<Set<Level>> all = Circumstances.of(scripted, new ExactOracle().run(scripted));
    assertThat(all).hasSize(1);
    return all.iterator().next();
  }

  @Test
  void anOrdinaryStepHasALevelOfEachFactor() {
    assertThat(levels(scripted(100, 1, Double.POSITIVE_INFINITY, step(1, 1))))
        .containsExactlyInAnyOrder(
            Level.CAP_NOT_HIT,
            Level.MOMENTUM_BELOW_ONE,
            Level.FORM_ADJUSTED,
            Level.BALL_NONE,
            Level.GROUPS_ONE,
            Level.DTYPE_FLOAT,
            Level.GRADIENTS_SOME,
            Level.SPECIAL_NONE,
            Level.LOSS_TENSOR,
            Level.LOSS_POSITIVE);
  }

  @Test
  void aCapBelowTheStepSizeIsHit() {
    assertThat(levels(scripted(0.01, 1, 1, step(1, 1)))).contains(Level.CAP_HIT);
  }

  @Test
  void aCapThatEqualsTheStepSizeIsNotHit() {
    assertThat(levels(scripted(0.25, 2, 9, step(1, 1)))).contains(Level.CAP_NOT_HIT);
  }

  @Test
  void aStepOutOfTheBallHitsIt() {
    assertThat(levels(scripted(1, 1, 5, step(-100, 1)))).contains(Level.BALL_HIT);
  }

  @Test
  void aStepWithinTheBallKeepsTheParameters() {
    assertThat(levels(scripted(1, 1, 9, step(1, 1)))).contains(Level.BALL_KEPT);
  }

  /** TensorFlow adds both moves up before they move a parameter, which rounds otherwise. */
  @ParameterizedTest
  @EnumSource(MomentumForm.class)
  void stepsOfTensorFlowWithinTheBallKeepTheParameters(MomentumForm form) {
    Random random = new Random(3);
    Tensor parameter = Tensor.vector(random.doubles(64).toArray());
    List<Step> steps =
        Stream.generate(() -> Tensor.vector(random.doubles(64).toArray()))
            .limit(5)
            .map(g -> new Step(1, LossKind.TENSOR, List.of(List.of(Optional.of(g)))))
            .toList();
    assertThat(levelsInTensorFlow(form, 1e6, parameter, steps))
        .allSatisfy(levels -> assertThat(levels).contains(Level.BALL_KEPT));
  }

  @Test
  void aZeroOfTheOtherSignBesideANaNIsNotScaled() {
    Tensor gradient = Tensor.vector(-1, Double.POSITIVE_INFINITY);
    Step step = new Step(2, LossKind.TENSOR, List.of(List.of(Optional.of(gradient))));
    assertThat(
            levelsInTensorFlow(MomentumForm.STANDARD, 0, Tensor.vector(-0.0, -0.0), List.of(step)))
        .allSatisfy(levels -> assertThat(levels).contains(Level.BALL_KEPT, Level.SPECIAL_INFINITE));
  }

  private static Set<Set<Level>> levelsInTensorFlow(
      MomentumForm form, double radius, Tensor parameter, List<Step> steps) {
    StepCase scripted =
        new StepCase(
            "case",
            DType.DOUBLE,
            1e-5,
            form,
            OptionalDouble.of(radius),
            List.of(new Group(OptionalDouble.of(0.1), 0.9, List.of(parameter))),
            steps,
            Optional.empty());
    return Circumstances.of(scripted, new TensorFlowSubject(Semantics.PYTORCH).run(scripted));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, SPECIAL_NAN",
    "Infinity, SPECIAL_INFINITE",
    "-Infinity, SPECIAL_INFINITE",
    "3e38, SPECIAL_OVERFLOW",
    "-1e-40, SPECIAL_DENORMAL",
    "-0.0, SPECIAL_ZERO",
    "1e18, SPECIAL_NONE"
  })
  void whatIsSpecialAboutAGradientIsSeen(double gradient, Level special) {
    float asFloat = (float) gradient;
    assertThat(levels(scripted(1, 1, 9, step(1, asFloat))))
        .contains(special)
        .filteredOn(level -> level.factor() == Factor.SPECIAL)
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"-1, LOSS_NEGATIVE", "-0.0, LOSS_ZERO", "NaN, LOSS_NAN", "Infinity, LOSS_POSITIVE"})
  void theSignOfTheLossIsSeen(double loss, Level sign) {
    assertThat(levels(scripted(1, 1, 9, step(loss, 1)))).contains(sign);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "NaN, 1, 1", "1, NaN, 1", "1, -1, 1", "1, 1, -1", "1, 1, NaN"})
  void settingsThatMayBeRefusedCountForNothing(double cap, double eps, double radius) {
    StepCase scripted = scripted(cap, eps, radius, step(1, 1));
    assertThat(Circumstances.of(scripted, new ExactOracle().run(scripted))).isEmpty();
  }

  @Test
  void aNaNParameterIsKeptAndNotScaled() {
    assertThat(levels(scripted(1, 1, 1, step(Double.NaN, 1)))).contains(Level.BALL_KEPT);
  }
}
