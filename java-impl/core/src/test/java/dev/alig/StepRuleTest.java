package dev.alig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepRuleTest {
  private static final List<GroupSettings> UNCAPPED = List.of(GroupSettings.DEFAULT);
  private static final List<GroupSettings> CAPPED = List.of(new GroupSettings(0.1, 0));

  private static SquaredNorm norm(Precision precision, double... sumsOfSquares) {
    SquaredNorm norm = new SquaredNorm(precision);
    for (double sum : sumsOfSquares) {
      norm.add(sum);
    }
    return norm;
  }

  private static StepReport decide(Settings settings, double loss, List<GroupSettings> groups) {
    return new StepRule(settings).decide(loss, norm(Precision.DOUBLE, 1), true, groups, 0);
  }

  private static Settings.Builder eps(double eps) {
    return Settings.builder().eps(eps);
  }

  private static double only(StepReport report) {
    assertThat(report.stepSizes()).hasSize(1);
    return report.stepSizes().get(0);
  }

  @Test
  void dividesTheLossByTheSquaredNormPlusEps() {
    assertThat(only(decide(eps(3).build(), 2, UNCAPPED))).isEqualTo(0.5);
  }

  /** As in Python, where 0 + -0.0 is 0.0. */
  @Test
  void anEpsOfNegativeZeroIsZeroWithoutAnyGradient() {
    SquaredNorm none = new SquaredNorm(Precision.DOUBLE);
    StepReport report =
        new StepRule(eps(-0.0).build()).decide(1, none, true, List.of(GroupSettings.DEFAULT), 0);
    assertThat(only(report)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void capsTheStepSize() {
    assertThat(only(decide(eps(3).build(), 2, CAPPED))).isEqualTo(0.1);
  }

  @Test
  void takesSmallerStepsThanTheCapAsTheyAre() {
    assertThat(only(decide(eps(3).build(), 0.2, CAPPED))).isEqualTo(0.05);
  }

  @Test
  void capsEachGroupByItsOwnSetting() {
    var groups = List.of(new GroupSettings(0.25, 0), new GroupSettings(9, 0));
    assertThat(decide(eps(3).build(), 2, groups).stepSizes()).containsExactly(0.25, 0.5);
  }

  /** Recorded with torch 2.15.0 for a loss of 0.7 that is a tensor. */
  @ParameterizedTest
  @CsvSource({
    "DOUBLE, 1e-5, 0x1.39b29ba48dc36p-4",
    "FLOAT, 1e-5, 0x1.39b29cp-4",
    "HALF, 1e-3, 0x1.39cp-4",
    "BFLOAT16, 1e-3, 0x1.3ap-4"
  })
  void roundsEveryOperationAsTorchDoes(Precision precision, double eps, String unclipped) {
    double a = precision.round(0.1);
    double b = precision.round(0.2);
    double c = precision.round(0.3);
    SquaredNorm norm = norm(precision, a * a + b * b + c * c, 9);
    StepReport report = new StepRule(eps(eps).build()).decide(0.7, norm, true, UNCAPPED, 0);
    assertThat(report.unclippedStepSize()).isEqualTo(Double.parseDouble(unclipped));
  }

  /**
   * Recorded with torch 2.15.0: 0.1 as a float32 tensor by 49; rounding at the end is 1 ulp off.
   */
  @Test
  void roundsTheLossBeforeTheDivision() {
    var rule = new StepRule(eps(0).build());
    StepReport report = rule.decide(0.1, norm(Precision.FLOAT, 49), true, UNCAPPED, 0);
    assertThat(report.unclippedStepSize()).isEqualTo(0x1.0b7e70p-9);
  }

  @Test
  void dividesByEpsInDoubleWithoutAnyGradient() {
    var rule = new StepRule(eps(1e-5).build());
    var none = new SquaredNorm(Precision.FLOAT);
    assertThat(only(rule.decide(0.7, none, true, UNCAPPED, 0))).isEqualTo(0.7 / 1e-5);
  }

  @Test
  void leavesZeroByZeroUncappedAsNotANumber() {
    var rule = new StepRule(eps(0).build());
    assertThat(only(rule.decide(0, norm(Precision.FLOAT, 0), true, CAPPED, 0))).isNaN();
  }

  @Test
  void takesTheCapForAnInfiniteLoss() {
    assertThat(only(decide(eps(3).build(), Double.POSITIVE_INFINITY, CAPPED))).isEqualTo(0.1);
  }

  @Test
  void stopsWhereTheGradientOverflows() {
    var rule = new StepRule(Settings.DEFAULT);
    assertThat(only(rule.decide(0.7, norm(Precision.FLOAT, 1e40), true, CAPPED, 0))).isZero();
  }

  @Test
  void ascendsOnANegativeLossAsTheOriginalDoes() {
    assertThat(only(decide(eps(3).build(), -2, CAPPED))).isEqualTo(-0.5);
  }

  @Test
  void stopsOnANegativeLossWhereAsked() {
    var settings = eps(3).negativeLoss(NegativeLoss.STOP).build();
    StepReport report = decide(settings, -2, CAPPED);
    assertThat(only(report)).isEqualTo(Double.valueOf(0.0));
    assertThat(report.unclippedStepSize()).isEqualTo(-0.5);
  }

  @Test
  void goesOnFromANegativeLossAboveItsLowerBound() {
    var settings = eps(3).negativeLoss(NegativeLoss.STOP).lowerBound(-2).build();
    assertThat(only(decide(settings, -1, UNCAPPED))).isEqualTo(0.25);
  }

  /** A loss at its bound is not below it: 0/0 shows, as it does without the policy. */
  @Test
  void doesNotStopAtTheLowerBoundItself() {
    var rule = new StepRule(eps(0).negativeLoss(NegativeLoss.STOP).build());
    assertThat(only(rule.decide(0, norm(Precision.FLOAT, 0), true, CAPPED, 0))).isNaN();
  }

  @Test
  void doesNotRefuseTheLowerBoundItself() {
    var settings = eps(3).negativeLoss(NegativeLoss.REFUSE).lowerBound(-1).build();
    assertThat(only(decide(settings, -1, CAPPED))).isZero();
  }

  @Test
  void refusesANegativeLossWhereAsked() {
    var settings = eps(3).negativeLoss(NegativeLoss.REFUSE).lowerBound(-1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decide(settings, -2, CAPPED))
        .withMessageContaining("loss must be >= its lower bound -1.0, was -2.0");
  }

  @Test
  void countsTheLossFromItsLowerBound() {
    assertThat(only(decide(eps(3).lowerBound(-2).build(), -1, UNCAPPED))).isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void skipsALossThatIsNotFiniteWhereAsked(double loss) {
    StepReport report = decide(eps(3).nonFinite(NonFinite.SKIP).build(), loss, CAPPED);
    assertThat(report.outcome()).isEqualTo(StepReport.Outcome.SKIPPED);
    assertThat(only(report)).isZero();
  }

  @Test
  void skipsGradientsThatAreNotFiniteWhereAsked() {
    var rule = new StepRule(eps(3).nonFinite(NonFinite.SKIP).build());
    StepReport report = rule.decide(1, norm(Precision.FLOAT, Double.NaN), false, CAPPED, 0);
    assertThat(report.outcome()).isEqualTo(StepReport.Outcome.SKIPPED);
  }

  @Test
  void doesNotSkipFiniteGradientsWhoseNormOverflows() {
    var rule = new StepRule(eps(3).nonFinite(NonFinite.SKIP).build());
    StepReport report = rule.decide(1, norm(Precision.FLOAT, 1e40), true, CAPPED, 0);
    assertThat(report.outcome()).isEqualTo(StepReport.Outcome.TAKEN);
  }

  @Test
  void refusesWhatIsNotFiniteWhereAsked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decide(eps(3).nonFinite(NonFinite.REFUSE).build(), Double.NaN, CAPPED))
        .withMessageContaining("loss and gradients must be finite, loss was NaN");
  }

  @Test
  void propagatesWhatIsNotANumberAsTheOriginalDoes() {
    StepReport report = decide(eps(3).build(), Double.NaN, CAPPED);
    assertThat(only(report)).isNaN();
    assertThat(report.outcome()).isEqualTo(StepReport.Outcome.TAKEN);
  }

  @Test
  void asksTheScheduleForTheCapOfTheStep() {
    var rule = new StepRule(eps(3).schedule((step, cap) -> cap / (1 + step)).build());
    assertThat(only(rule.decide(2, norm(Precision.DOUBLE, 1), true, CAPPED, 4))).isEqualTo(0.02);
  }

  @Test
  void takesAStepOfZeroWhereTheScheduleGivesZero() {
    var settings = eps(3).schedule((step, cap) -> 0).build();
    assertThat(only(decide(settings, 2, CAPPED))).isZero();
  }

  /** Python's {@code min} returns the first of equal arguments, and -0.0 equals 0.0. */
  @Test
  void anUnclippedStepOfNegativeZeroStaysUnderACapOfZero() {
    var settings = eps(3).schedule((step, cap) -> 0).build();
    assertThat(only(decide(settings, -0.0, CAPPED))).isEqualTo(Double.valueOf(-0.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void refusesAScheduleThatGivesNoCap(double cap) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decide(eps(3).schedule((step, c) -> cap).build(), 2, CAPPED))
        .withMessageContaining("must give a cap >= 0, gave " + cap + " at step 0");
  }

  @Test
  void reportsTheGradientNorm() {
    StepReport report =
        new StepRule(Settings.DEFAULT).decide(1, norm(Precision.FLOAT, 9, 16), true, CAPPED, 0);
    assertThat(report.gradientNorm()).isEqualTo(5);
  }

  /** ‖g‖ = 300 in float16: its square is infinite there, and 90,000 in double. */
  @Test
  void saysThatTheNormOverflowed() {
    StepReport report = overflowing(Settings.DEFAULT, true);
    assertThat(report.normOverflowed()).isTrue();
    assertThat(only(report)).isZero();
  }

  @Test
  void aGradientThatIsInfiniteIsNoOverflow() {
    assertThat(overflowing(Settings.DEFAULT, false).normOverflowed()).isFalse();
  }

  @Test
  void aSkippedStepSaysSoToo() {
    var settings = Settings.builder().nonFinite(NonFinite.SKIP).build();
    StepReport report =
        new StepRule(settings).decide(Double.NaN, norm(Precision.HALF, 90_000), true, UNCAPPED, 0);
    assertThat(report.outcome()).isEqualTo(StepReport.Outcome.SKIPPED);
    assertThat(report.normOverflowed()).isTrue();
  }

  @Test
  void aNormThatFitsDoesNotOverflow() {
    assertThat(decide(Settings.DEFAULT, 1, UNCAPPED).normOverflowed()).isFalse();
  }

  @Test
  void asksForFinitenessWhereTheNormIsInfinite() {
    StepRule rule = new StepRule(Settings.DEFAULT);
    assertThat(rule.asksForFiniteness(norm(Precision.HALF, 90_000))).isTrue();
    assertThat(rule.asksForFiniteness(norm(Precision.HALF, 9))).isFalse();
    StepRule skipping = new StepRule(Settings.builder().nonFinite(NonFinite.SKIP).build());
    assertThat(skipping.asksForFiniteness(norm(Precision.HALF, 9))).isTrue();
  }

  private static StepReport overflowing(Settings settings, boolean finite) {
    return new StepRule(settings).decide(5, norm(Precision.HALF, 90_000), finite, UNCAPPED, 0);
  }
}
