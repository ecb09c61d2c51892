package dev.alig.nd4j.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Compares a gradient with differences of the loss. */
final class Slope {
  private static final long SEED = 1;
  private static final int RANDOM_DIRECTIONS = 3;

  /**
   * The number of ε. Each is a quarter of the previous one, so that the error of a central
   * difference decreases by a factor of 16.
   */
  private static final int EPSILONS = 10;

  /**
   * The assumed error of a loss, in rounding errors of its value; a loss is a sum of rounded terms.
   */
  private static final double ROUNDINGS = 16;

  /**
   * The greatest error of a gradient, relative to its norm, in addition to the error of the
   * difference.
   */
  private static final double TOLERANCE = 1e-3;

  /** A slope whose own relative error may be larger than this cannot be measured. */
  private static final double GREATEST_ERROR = 1e-2;

  private final BackwardGraph backward;
  private final List<String> names;
  private final List<INDArray> arrays;

  Slope(BackwardGraph backward, Variables variables) {
    this.backward = backward;
    names = variables.withGradient();
    arrays =
        names.stream().map(name -> Objects.requireNonNull(variables.arrays().get(name))).toList();
  }

  /** {@link SameDiffTrainer#verifySlope}. */
  double verify(Map<String, INDArray> values) {
    List<INDArray> before = arrays.stream().map(INDArray::dup).toList();
    try {
      return verify(values, before);
    } finally {
      restore(before);
    }
  }

  private double verify(Map<String, INDArray> values, List<INDArray> before) {
    Nd4j.getRandom().setSeed(SEED);
    Map<String, INDArray> computed = backward.compute(values, names).getGradients();
    List<INDArray> gradient =
        names.stream()
            .map(n -> Objects.requireNonNull(computed.get(n)).castTo(DataType.DOUBLE))
            .toList();
    double norm = Math.sqrt(dot(gradient, gradient));
    if (!(norm > 0)) {
      throw new IllegalStateException(
          "the slope cannot be measured where the gradient is zero or NaN, its norm was %s; pass other"
                  .formatted(norm)
              + " values, or change the variables");
    }
    double slope = require(values, before, gradient, gradient, norm);
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_DIRECTIONS; i++) {
      require(values, before, gradient, randomLike(gradient, random), norm);
    }
    return slope;
  }

  /** The slope along a direction. It throws unless the loss changes there as the gradient says. */
  private double require(
      Map<String, INDArray> values,
      List<INDArray> before,
      List<INDArray> gradient,
      List<INDArray> direction,
      double norm) {
    double expected = dot(gradient, direction);
    double length = Math.sqrt(dot(direction, direction));
    // The scalar product with a random direction is mostly of this size.
    double scale = direction == gradient ? norm * norm : norm;
    double epsilon = 0.1 * Math.max(norm(before), 1e-3) / length;
    double noise = ROUNDINGS * unit() * Math.abs(lossAt(values, before, direction, 0));
    double value = difference(values, before, direction, epsilon);
    double error = Double.POSITIVE_INFINITY;
    double best = value;
    for (int i = 1; i < EPSILONS; i++) {
      epsilon /= 4;
      double next = difference(values, before, direction, epsilon);
      double change = Math.max(Math.abs(next - value), noise / epsilon);
      if (change < error) {
        error = change;
        best = next + (next - value) / 15;
      }
      value = next;
    }
    if (!(error <= GREATEST_ERROR * scale)) {
      throw new IllegalStateException(
          "the slope cannot be measured: differences of the loss do not converge, the closest two"
              + " differ by %s of the gradient; pass other values, or use DOUBLE"
                  .formatted(error / scale));
    }
    if (!(Math.abs(best - expected) <= TOLERANCE * scale + error)) {
      throw new IllegalStateException(
          "the gradient is not that of the loss: along one direction the gradient gives the slope %s,"
                  .formatted(expected)
              + " the loss has %s, ratio %s; replace the operation whose gradient is wrong"
                  .formatted(best, best / expected));
    }
    return best / expected;
  }

  /** Half an ulp of 1 in the variables' type. */
  private double unit() {
    return switch (arrays.get(0).dataType()) {
      case DOUBLE -> 0x1p-53;
      case FLOAT -> 0x1p-24;
      default -> 0x1p-9;
    };
  }

  private double difference(
      Map<String, INDArray> values,
      List<INDArray> before,
      List<INDArray> direction,
      double epsilon) {
    double above = lossAt(values, before, direction, epsilon);
    double below = lossAt(values, before, direction, -epsilon);
    return (above - below) / (2 * epsilon);
  }

  private double lossAt(
      Map<String, INDArray> values,
      List<INDArray> before,
      List<INDArray> direction,
      double epsilon) {
    for (int i = 0; i < arrays.size(); i++) {
      INDArray step = direction.get(i).mul(epsilon).castTo(arrays.get(i).dataType());
      arrays.get(i).assign(before.get(i).add(step));
    }
    Nd4j.getRandom().setSeed(SEED);
    return BackwardGraph.loss(backward.compute(values, names));
  }

  private void restore(List<INDArray> before) {
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i).assign(before.get(i));
    }
  }

  private static List<INDArray> randomLike(List<INDArray> arrays, Random random) {
    List<INDArray> made = new ArrayList<>();
    for (INDArray array : arrays) {
      INDArray values = array.dup();
      for (long i = 0; i < values.length(); i++) {
        values.putScalar(i, random.nextGaussian());
      }
      made.add(values);
    }
    return made;
  }

  private static double norm(List<INDArray> arrays) {
    return Math.sqrt(
        arrays.stream().mapToDouble(a -> Math.pow(a.norm2Number().doubleValue(), 2)).sum());
  }

  private static double dot(List<INDArray> a, List<INDArray> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.get(i).mul(b.get(i)).sumNumber().doubleValue();
    }
    return sum;
  }
}
