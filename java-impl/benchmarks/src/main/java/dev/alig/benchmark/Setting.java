package dev.alig.benchmark;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * What all contenders of a race step on, with standard momentum.
 *
 * <p>Parameters and gradients are x_i = frac((a·i + seed) / 2³²) − ½ with Knuth's multiplicative
 * hash a, evenly spread over [−½, ½). {@code alig_oracle/stepping.py} makes the same.
 *
 * @param n the number of parameters, in one tensor unless a contender says otherwise
 * @param type their type, FLOAT or DOUBLE
 * @param ball whether a step projects onto a ball; the parameters lie inside it
 */
record Setting(int n, DataType type, boolean ball) {
  /** μ, in the standard form. */
  static final double MOMENTUM = 0.9;

  /** Where a contender has many tensors, it has as many, and as many parameters in each. */
  static final int MANY = 1000;

  /** All contenders together take some 14 GiB for it in FLOAT. */
  private static final int LARGEST = 100_000_000;

  private static final long PARAMETERS = 1;
  private static final long GRADIENTS = 2_000_000_011;
  private static final long KNUTH = 2_654_435_761L;
  private static final long WORD = 0xFFFF_FFFFL;

  /** γ is this over the mean square of the gradients, small enough for millions of steps. */
  private static final double LOSS_PER_PARAMETER = 1e-4;

  private static final double RADIUS_PER_ROOT = 1e9;

  Setting {
    if (n < 1 || n > LARGEST) {
      throw new IllegalArgumentException("n must be in [1, %d], was %d".formatted(LARGEST, n));
    }
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException("type must be FLOAT or DOUBLE, was " + type);
    }
  }

  /** What is compared unless said otherwise. */
  static Setting base(int n) {
    return new Setting(n, DataType.FLOAT, false);
  }

  /** The same with a ball. */
  Setting withBall() {
    return new Setting(n, type, true);
  }

  /** The same in DOUBLE. */
  Setting inDouble() {
    return new Setting(n, DataType.DOUBLE, ball);
  }

  /** The loss at every step. */
  double loss() {
    return LOSS_PER_PARAMETER * n;
  }

  /** The ball's radius, which no run reaches. */
  double radius() {
    return RADIUS_PER_ROOT * Math.sqrt(n);
  }

  /** The size of a vector of n elements. */
  long bytes() {
    return (long) n * type.width();
  }

  /** The parameters that everyone starts from. */
  double[] parameters() {
    return values(PARAMETERS);
  }

  /** The gradients of every step. */
  double[] gradients() {
    return values(GRADIENTS);
  }

  private double[] values(long seed) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = (i * KNUTH + seed & WORD) * 0x1p-32 - 0.5;
    }
    return values;
  }

  /** All but the size, in words. */
  String kind() {
    return type + (ball ? ", with projection" : "");
  }
}
