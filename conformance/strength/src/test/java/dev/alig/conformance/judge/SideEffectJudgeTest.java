package dev.alig.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.strength.Defect;
import dev.alig.conformance.strength.JavaDefects;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SideEffectJudgeTest {
  private static final StepCase CASE =
      new StepCase(
          "two steps",
          DType.DOUBLE,
          1e-5,
          MomentumForm.STANDARD,
          OptionalDouble.empty(),
          List.of(new Group(OptionalDouble.of(0.1), 0.9, List.of(Tensor.vector(1, 2)))),
          List.of(step(-0.5), step(0.25)),
          Optional.empty());
  private static final Implementation SOUND = JavaDefects.control().implementation();

  private static Step step(double loss) {
    return new Step(loss, LossKind.FLOAT, List.of(List.of(Optional.of(Tensor.vector(0.25, -4)))));
  }

  private static Implementation defective(String name) {
    return JavaDefects.all().stream()
        .filter(defect -> defect.name().equals("java/" + name))
        .findFirst()
        .map(Defect::implementation)
        .orElseThrow();
  }

  @Test
  void whoDoesNothingElseAgrees() {
    assertThat(SideEffectJudge.judge(CASE, SOUND, Optional.of(SOUND)))
        .isInstanceOfSatisfying(
            Verdict.Agrees.class, agrees -> assertThat(agrees.comparisons()).isEqualTo(4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gradient-scaled-in-place",
        "gradients-zeroed",
        "gradient-negated-by-negative-loss",
        "gradient-kept-as-momentum"
      })
  void whoChangesAGradientDiffersAsSubjectAndAsOracle(String name) {
    Implementation defective = defective(name);
    for (Verdict verdict :
        List.of(
            SideEffectJudge.judge(CASE, defective, Optional.of(SOUND)),
            SideEffectJudge.judge(CASE, SOUND, Optional.of(defective)))) {
      assertThat(verdict.toString())
          .startsWith("Differs")
          .contains("java/%s changes the gradient of parameter 0 of group 0".formatted(name));
    }
  }

  /** The numbers are right, so no other judge notices the defect in a case with one step. */
  @Test
  void theNumbersAloneDoNotShowIt() {
    StepCase one = CASE.withSteps(List.of(step(-0.5)));
    Judge judge = new Judge(new ExactOracle());
    assertThat(judge.compare(one, defective("gradients-zeroed")))
        .isInstanceOf(Verdict.Agrees.class);
  }

  /**
   * The caller reuses its gradient arrays, so an array kept as momentum changes in the next step.
   */
  @Test
  void aGradientThatIsKeptAsMomentumShowsInTheNumbersOfTheNextStep() {
    Judge judge = new Judge(new ExactOracle());
    assertThat(judge.compare(CASE, defective("gradient-kept-as-momentum")))
        .isInstanceOf(Verdict.Differs.class);
  }

  @Test
  void whoDoesNotSayIsNotJudged() {
    assertThat(SideEffectJudge.judge(CASE, new ExactOracle(), Optional.empty()).toString())
        .startsWith("Inapplicable")
        .contains("exact does not report side effects");
  }
}
