package dev.alig.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LentGradientsTest {
  private static final StepCase CASE =
      new StepCase(
          "lent",
          DType.DOUBLE,
          1e-5,
          MomentumForm.STANDARD,
          OptionalDouble.empty(),
          List.of(
              new Group(OptionalDouble.empty(), 0, List.of(Tensor.vector(1, 2), Tensor.vector(3)))),
          List.of(step(Tensor.vector(-0.0, Double.NaN)), step(Tensor.vector(4, 5))),
          Optional.empty());

  private final LentGradients<double[]> lent = LentGradients.ofDoubles(CASE);

  private static Step step(Tensor gradient) {
    return new Step(1, LossKind.FLOAT, List.of(List.of(Optional.of(gradient), Optional.empty())));
  }

  private double[] lend(int k) {
    return lent.lend(CASE.steps().get(k)).get(0).get(0).orElseThrow();
  }

  private String found() {
    return lent.effects().found().toString();
  }

  @Test
  void whoOnlyReadsLeavesNoTrace() {
    double[] first = lend(0);
    assertThat(first).containsExactly(-0.0, Double.NaN);
    lent.takeBack();
    assertThat(lend(1)).containsExactly(4, 5);
    lent.takeBack();
    assertThat(lent.effects()).isEqualTo(new SideEffects(4, List.of()));
  }

  @Test
  void eachStepFindsItsGradientInTheMemoryOfTheLast() {
    double[] first = lend(0);
    assertThat(lend(1)).isSameAs(first);
  }

  @Test
  void aParameterWithoutAGradientIsLentNone() {
    assertThat(lent.lend(CASE.steps().get(0)).get(0).get(1)).isEmpty();
  }

  @Test
  void aChangeIsNamedWithItsStep() {
    lend(0);
    lent.takeBack();
    lend(1)[1] = 6;
    lent.takeBack();
    assertThat(found()).isEqualTo("[step 1 changes the gradient of parameter 0 of group 0]");
  }

  @Test
  void aZeroThatLosesItsSignIsAChange() {
    lend(0)[0] = 0.0;
    lent.takeBack();
    assertThat(found()).contains("step 0 changes");
  }

  /** As an optimizer does that keeps the memory of the first gradient as its momentum. */
  @Test
  void aChangeBetweenTheStepsIsOverwrittenAndOneInALaterStepIsSeen() {
    double[] kept = lend(0);
    lent.takeBack();
    lend(1);
    kept[0] *= 0.9;
    lent.takeBack();
    assertThat(found()).contains("step 1 changes the gradient of parameter 0");
  }

  @Test
  void whatElseWasLookedAtIsCountedAndNamed() {
    lent.look(true, "changes the loss");
    lent.look(false, "prints 2 lines");
    assertThat(lent.effects().watched()).isEqualTo(2);
    assertThat(found()).isEqualTo("[prints 2 lines]");
  }

  @Test
  void floatsAreLentToWhoKnowsNoOther() {
    LentGradients<float[]> narrow = LentGradients.ofFloats(CASE);
    float[] array = narrow.lend(CASE.steps().get(1)).get(0).get(0).orElseThrow();
    assertThat(array).containsExactly(4, 5);
    array[0] = 0;
    narrow.takeBack();
    assertThat(narrow.effects().found()).hasSize(1);
  }
}
