package dev.alig.conformance.theorems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.theorems.Loss.Constant;
import dev.alig.conformance.theorems.Problem.Setting;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** x² + 3·sin²x: unclipped steps may cycle for ever, clipped ones converge. */
class CycleTest {
  private static final Tensor ORIGIN = Tensor.vector(0);

  @Test
  void theCycleIsWhereItIsSaidToBe() {
    assertThat(Cycle.center().toDouble()).isCloseTo(2.2009516482, within(5e-11));
  }

  @Test
  void theMapShrinksDistancesFromTheCycle() {
    for (int k = -64; k <= 64; k++) {
      Real x = Cycle.center().plus(Real.of(Cycle.WIDTH * k / 64));
      Real slope = Cycle.derivative(x);
      Real derivative = Cycle.value(x).times(Cycle.secondDerivative(x)).over(slope.squared());
      assertThat(derivative.toDouble()).isBetween(0.0, Cycle.SHRINKAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.2, -2.2, 2.205, 2.195})
  void unclippedStepsAreCaught(double start) {
    List<Move> moves = moves(start, 60, OptionalDouble.empty());
    Move last = moves.get(moves.size() - 1);
    assertThat(Math.abs(last.after().get(0))).isCloseTo(2.2009516482, within(1e-10));
    assertThat(last.after().get(0)).isCloseTo(-last.before().get(0), within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.2009516482, -2.2, 100, -37.5, 1.5, 4.49, 1e-3, 6.1})
  void cappedStepsConverge(double start) {
    List<Move> moves = moves(start, 800, OptionalDouble.of(ProblemGenerator.CONVERGENT_CAP));
    assertThat(Math.abs(moves.get(moves.size() - 1).after().get(0))).isLessThan(1e-12);
  }

  @Test
  void theCapMakesEveryStepAContraction() {
    Loss wave = Loss.wave(1, 3, ORIGIN);
    double cap = ProblemGenerator.CONVERGENT_CAP;
    double beta = wave.get(Constant.SMOOTHNESS).toDouble();
    double mu = wave.get(Constant.SECANT).toDouble();
    assertThat(beta).isEqualTo(8);
    assertThat(mu).isCloseTo(0.6966, within(5e-5));
    assertThat(1 - 2 * cap * mu + cap * cap * beta * beta).isLessThan(1);
  }

  @Test
  void theSeriesAreThoseOfSineAndCosine() {
    for (double z = -5; z <= 5; z += 0.37) {
      assertThat(Cycle.sine(Real.of(z)).toDouble()).isCloseTo(Math.sin(z), within(1e-15));
      assertThat(Cycle.cosine(Real.of(z)).toDouble()).isCloseTo(Math.cos(z), within(1e-15));
    }
  }

  private static List<Move> moves(double start, int steps, OptionalDouble cap) {
    Setting setting =
        new Setting(
            DType.DOUBLE, 0, cap, OptionalDouble.empty(), LossKind.FLOAT, List.of(List.of(1)));
    Problem problem =
        new Problem(
            "counterexample",
            setting,
            Collections.nCopies(steps, Loss.wave(1, 3, ORIGIN)),
            Tensor.vector(start),
            ORIGIN);
    return Trajectory.of(problem, new ExactOracle()).moves();
  }
}
