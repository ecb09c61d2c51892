package dev.alig.experiments.images;

/**
 * Resizes the pixels along one side of a picture by the bilinear filter, with antialiasing.
 *
 * <p>The weight of an old pixel falls linearly with the distance of its center from that of the new
 * one. It is 0 at the distance of one pixel of the coarser side. Weights and sums are integers, as
 * in Pillow, so that the results are equal.
 */
final class ResizedSide {
  /** The binary digits of a weight behind the point. */
  private static final int BITS = 22;

  private static final int WHITE = 255;

  /** The first old pixel of each new one. */
  private final int[] first;

  /** For each new pixel the weights of consecutive old ones. */
  private final int[][] weights;

  private ResizedSide(int count) {
    first = new int[count];
    weights = new int[count][];
  }

  /**
   * The pixels in the middle of a resized side.
   *
   * @param from the old length
   * @param to the new length
   * @param count how many pixels in the middle are computed
   */
  static ResizedSide middle(int from, int to, int count) {
    ResizedSide side = new ResizedSide(count);
    // Python rounds a half to the even number.
    int start = (int) Math.rint((to - count) / 2.0);
    double scale = (double) from / to;
    double reach = Math.max(scale, 1);
    for (int i = 0; i < count; i++) {
      double center = (start + i + 0.5) * scale;
      int begin = Math.max(0, (int) (center - reach + 0.5));
      int end = Math.min(from, (int) (center + reach + 0.5));
      side.first[i] = begin;
      side.weights[i] = weights(begin, end, center, reach);
    }
    return side;
  }

  private static int[] weights(int begin, int end, double center, double reach) {
    double[] exact = new double[end - begin];
    double sum = 0;
    for (int k = 0; k < exact.length; k++) {
      double distance = Math.abs((k + begin - center + 0.5) * (1 / reach));
      exact[k] = Math.max(0, 1 - distance);
      sum += exact[k];
    }
    int[] rounded = new int[exact.length];
    for (int k = 0; k < exact.length; k++) {
      rounded[k] = (int) (0.5 + exact[k] / sum * (1 << BITS));
    }
    return rounded;
  }

  /** The first old pixel that is needed. */
  int first() {
    return first[0];
  }

  /** The old pixel after the last one that is needed. */
  int end() {
    int last = first.length - 1;
    return first[last] + weights[last].length;
  }

  /**
   * Computes the new pixels of a line.
   *
   * @param start where the old line begins in {@code from}
   * @param step the distance between pixels, in both arrays
   * @param target where the new line begins in {@code to}
   */
  void resize(byte[] from, int start, int step, byte[] to, int target) {
    for (int i = 0; i < first.length; i++) {
      int sum = 1 << (BITS - 1);
      int at = start + first[i] * step;
      for (int weight : weights[i]) {
        sum += weight * Byte.toUnsignedInt(from[at]);
        at += step;
      }
      to[target + i * step] = (byte) Math.min(sum >> BITS, WHITE);
    }
  }
}
