package dev.alig.experiments.dnc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.experiments.graph.GraphSession;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/** The compared optimizers on the loss 4 · w from w = 1, whose gradient 4 is clipped to 2. */
class StepBuilderTest {
  private static final double RATE = 0.5;
  private static final double GRADIENT = 2;
  private static final int STEPS = 3;

  /** What is left of w after some steps, by the formulas of the publications. */
  private static double expected(String optimizer) {
    double w = 1;
    double first = 0;
    double second = optimizer.equals("adagrad") ? 0.1 : 0;
    // TensorFlow 1 starts RMSProp's average at 1.
    second = optimizer.equals("rmsprop") ? 1 : second;
    for (int t = 1; t <= STEPS; t++) {
      double g = GRADIENT;
      switch (optimizer) {
        case "sgd" -> w -= RATE * g;
        case "nag" -> {
          first = 0.9 * first + g;
          w -= RATE * first;
        }
        case "adagrad" -> {
          second += g * g;
          w -= RATE * g / Math.sqrt(second);
        }
        case "rmsprop" -> {
          second = 0.9 * second + 0.1 * g * g;
          w -= RATE * g / Math.sqrt(second + 1e-10);
        }
        case "adam" -> {
          first = 0.9 * first + 0.1 * g;
          second = 0.999 * second + 0.001 * g * g;
          double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
          w -= rate * first / (Math.sqrt(second) + 1e-8);
        }
        default -> throw new IllegalArgumentException(optimizer);
      }
    }
    return w;
  }

  /**
   * Three steps of at most twenty roundings of 1e-16 each, of which adam's difference 1 − 0.999
   * enlarges some a thousandfold.
   */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nag", "adagrad", "rmsprop", "adam"})
  void aStepIsThatOfTheFormula(String optimizer) {
    DncRow row = new DncRow(optimizer, RATE, 1, GRADIENT, "test", Map.of());
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat64> w = tf.withName("w").variable(tf.constant(1.0));
      Operand<TFloat64> loss = tf.math.mul(w, tf.constant(4.0));
      StepBuilder.Built built = StepBuilder.build(graph, row, loss, List.of(w));
      try (Session session = GraphSession.of(graph, 1)) {
        for (int step = 0; step < STEPS; step++) {
          session.run(built.train());
        }
        try (Result result =
            session.runner().fetch(w).fetch(built.gradientNorm()).fetch(built.stepSize()).run()) {
          assertThat(((TFloat64) result.get(0)).getDouble())
              .isCloseTo(expected(optimizer), Percentage.withPercentage(1e-9));
          assertThat(((TFloat64) result.get(1)).getDouble()).isEqualTo(4);
          assertThat(((TFloat64) result.get(2)).getDouble()).isEqualTo(RATE);
        }
      }
    }
  }
}
