package dev.alig.conformance.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Mode;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.conformance.model.TrainingCase.Objective;
import dev.alig.conformance.model.TrainingCase.Problem;
import dev.alig.conformance.model.TrainingCase.Rule;
import dev.alig.conformance.model.TrainingCase.RunningVariance;
import dev.alig.conformance.trained.Blame;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What trained cases count can fail. */
class FindingsTest {
  private static final Tensor WEIGHTS = Tensor.vector(1, 2);
  private static final TrainingCase CASE =
      new TrainingCase(
          "case",
          DType.DOUBLE,
          Model.MLP,
          Objective.HINGE,
          Mode.FORCED,
          new Rule(1e-5, MomentumForm.STANDARD, 0, OptionalDouble.empty(), OptionalDouble.empty()),
          RunningVariance.UNBIASED,
          new Problem(
              List.of(),
              Tensor.vector(),
              2,
              List.of(List.of(0)),
              List.of(new Named("w", WEIGHTS)),
              List.of()));

  private final Findings findings = new Findings(CASE);

  private Verdict verdict() {
    return findings.outcome(0).verdict();
  }

  private long counted() {
    return verdict() instanceof Verdict.Agrees agrees ? agrees.comparisons() : -1;
  }

  @Test
  void aLossAndAGradientThatAgreeAreCounted() {
    findings.loss(0, 1, 1, 0);
    findings.apart(Blame.GRADIENT, 0, List.of(WEIGHTS), List.of(WEIGHTS), 0);
    assertThat(counted()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void eachOfThemFailsWhereItIsWrong(double wrong) {
    findings.loss(0, 1, wrong, 0.1);
    assertThat(verdict()).isInstanceOf(Verdict.Differs.class);
    Findings others = new Findings(CASE);
    others.apart(Blame.GRADIENT, 0, List.of(WEIGHTS), List.of(Tensor.vector(1, wrong)), 0.1);
    assertThat(others.outcome(0).verdict()).isInstanceOf(Verdict.Differs.class);
  }

  @Test
  void scoresFailWhereOneIsWrongOrTheirShapeIs() {
    findings.scores(WEIGHTS, WEIGHTS, 0);
    assertThat(counted()).isEqualTo(1);
    for (Tensor wrong : List.of(Tensor.vector(1, Double.NaN), Tensor.vector(1, 2, 3))) {
      Findings others = new Findings(CASE);
      others.scores(WEIGHTS, wrong, 0.1);
      assertThat(others.outcome(0).blame()).contains(Blame.EVALUATION);
    }
  }

  @Test
  void aModelWithoutStatisticsHasNoneCounted() {
    findings.apart(Blame.STATISTICS, 0, List.of(), List.of(), 0);
    assertThat(counted()).isZero();
  }

  @Test
  void whateverIsAllowedIsNotCounted() {
    findings.loss(0, 1, 2, Double.POSITIVE_INFINITY);
    assertThat(counted()).isZero();
  }

  @Test
  void otherShapesDiffer() {
    findings.apart(Blame.GRADIENT, 0, List.of(WEIGHTS), List.of(Tensor.vector(1, 2, 3)), 1);
    assertThat(verdict().toString()).startsWith("Differs").contains("step 0, shapes", "[[2]]");
  }
}
