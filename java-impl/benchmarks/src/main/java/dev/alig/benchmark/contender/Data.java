package dev.alig.benchmark.contender;

/**
 * The numbers that every contender starts from: x_i = frac((a·i + seed) / 2³²) − ½ with Knuth's
 * multiplicative hash a, evenly spread over [−½, ½).
 *
 * <p>{@code alig_oracle/stepping.py} makes the same.
 */
final class Data {
  static final long PARAMETERS = 1;
  static final long GRADIENTS = 2_000_000_011;

  private static final long KNUTH = 2_654_435_761L;
  private static final long WORD = 0xFFFF_FFFFL;

  private Data() {}

  static float[] floats(int n, long seed) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) value(i, seed);
    }
    return values;
  }

  static double[] doubles(int n, long seed) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = value(i, seed);
    }
    return values;
  }

  private static double value(int i, long seed) {
    return (i * KNUTH + seed & WORD) * 0x1p-32 - 0.5;
  }
}
