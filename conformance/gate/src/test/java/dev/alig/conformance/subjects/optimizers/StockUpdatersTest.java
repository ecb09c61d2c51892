package dev.alig.conformance.subjects.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.experiments.optimizers.FlatOptimizer;
import dev.alig.experiments.optimizers.Format;
import dev.alig.experiments.optimizers.StockUpdater;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J's stock updaters do, and how far they part from PyTorch's optimizers. */
class StockUpdatersTest {
  private static final int CASES = 24;
  private static final Setting NO_DECAY = new Setting(List.of(0.0));

  /** The table's optimizer without decay, which ND4J's updaters do not have. */
  private static TableOptimizer withoutDecay(String name) {
    TableOptimizer optimizer = Originals.named(name);
    return optimizer.withSettings(
        optimizer.settings().stream()
            .map(s -> s.equals(Setting.DECAY) ? NO_DECAY : s)
            .map(s -> name.equals("sgd") ? NO_DECAY : s)
            .toList());
  }

  private static Stream<Verdict> judge(String name, Rule rule) {
    TableOptimizer optimizer = withoutDecay(name);
    Implementation stock =
        new TableSubject(name, rule, (f, n, s) -> new StockUpdater(f, n, name, s));
    return Originals.judge(optimizer, stock, CASES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterov", "adam", "amsgrad", "adagrad", "rmsprop"})
  void anUpdaterDoesWhatItsRuleSays(String name) {
    assertThat(judge(name, new StockRule(name))).allMatch(Verdict.Agrees.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "amsgrad"})
  void adamIsNotPyTorchs(String name) {
    Rule torchs = Originals.named(name).rule();
    assertThat(judge(name, torchs).anyMatch(Verdict.Differs.class::isInstance)).isTrue();
  }

  /** PyTorch's start at 0. AdaGrad's start is its default epsilon, whatever its epsilon is. */
  @Test
  void squaresOfAdaGradAndRmsPropDoNotStartAtZero() {
    assertThat(start("adagrad", 1e-3)).containsExactly(1e-6, 1e-6, 1e-6);
    assertThat(start("rmsprop", 0.9, 1e-3)).containsExactly(1e-3, 1e-3, 1e-3);
  }

  private static double[] start(String name, double... settings) {
    INDArray view = Nd4j.zeros(DataType.DOUBLE, 1, 3);
    StockUpdater.updater(name, 0.1, settings).instantiate(view, true);
    return view.toDoubleVector();
  }

  /**
   * The first step of Adam along a gradient g: PyTorch's is γg / (g + ε), ND4J's is γg / (g + ε /
   * √(1 - β₂)).
   */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-4, 1e-7})
  void theFirstStepOfAdamIsShorterForSmallGradients(double g) {
    double[] settings = {0.9, 0.999, 1e-8, 0};
    double[] ours = {0};
    double[] theirs = {0};
    Originals.named("adam").make(Format.DOUBLE, 1, settings).step(1, 1, ours, new double[] {g});
    new StockUpdater(Format.DOUBLE, 1, "adam", settings).step(1, 1, theirs, new double[] {g});
    assertThat(-ours[0]).isCloseTo(g / (g + 1e-8), within(1e-12));
    assertThat(-theirs[0]).isCloseTo(g / (g + 1e-8 / Math.sqrt(1 - 0.999)), within(1e-12));
  }

  /** At a constant rate, SGD with and without Nesterov momentum is PyTorch's but for rounding. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterov"})
  void gradientDescentIsPyTorchs(String name) {
    double[] settings = {name.equals("sgd") ? 0 : 0.9, 0};
    assertThat(parted(name, settings, Format.DOUBLE, 1, 100)).isLessThan(1000 * Math.ulp(1.0));
  }

  /** Prints how far the stock updaters part from our optimizers, which take PyTorch's steps. */
  @Test
  void theDifferencesArePrinted() {
    print("sgd", 0, 0);
    print("nesterov", 0.9, 0);
    print("adam", 0.9, 0.999, 1e-8, 0);
    print("amsgrad", 0.9, 0.999, 1e-8, 0);
    print("adagrad", 1e-8, 0);
    print("rmsprop", 0.99, 1e-8, 0);
    assertThat(parted("adagrad", new double[] {1e-8, 0}, Format.DOUBLE, 1e-4, 1))
        .isGreaterThan(0.5);
  }

  private static void print(String name, double... settings) {
    for (Format format : Format.values()) {
      System.out.printf("%-8s %s", name, format);
      for (double slope : new double[] {1, 1e-4, 1e-7}) {
        System.out.printf(
            " | %g: %.1e %.1e",
            slope,
            parted(name, settings, format, slope, 1),
            parted(name, settings, format, slope, 100));
      }
      System.out.println();
    }
  }

  /** The largest distance after some steps, over the longest way that a parameter went. */
  private static double parted(
      String name, double[] settings, Format format, double slope, int steps) {
    int size = 1000;
    FlatOptimizer ours = Originals.named(name).make(format, size, settings);
    FlatOptimizer theirs = new StockUpdater(format, size, name, settings);
    if (name.equals("adagrad") || name.equals("rmsprop")) {
      double start = start(name, settings)[0];
      theirs.vectors().values().forEach(squares -> Arrays.fill(squares, start));
    }
    Random random = new Random(1);
    double[] first = new double[size];
    double[] second = new double[size];
    for (int k = 0; k < steps; k++) {
      double[] gradient = random.doubles(size, -slope, slope).map(g -> (float) g).toArray();
      ours.step(1, 0.01, first, gradient);
      theirs.step(1, 0.01, second, gradient);
    }
    double apart = 0;
    double way = 0;
    for (int i = 0; i < size; i++) {
      apart = Math.max(apart, Math.abs(first[i] - second[i]));
      way = Math.max(way, Math.abs(first[i]));
    }
    return apart / way;
  }
}
