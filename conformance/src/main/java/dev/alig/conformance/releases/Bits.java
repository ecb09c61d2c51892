package dev.alig.conformance.releases;

import java.util.List;

/** Numbers as the hexadecimal digits of their representation, with a distance. */
final class Bits {
  private static final int SHORT = 4;
  private static final int INT = 8;

  private Bits() {}

  /**
   * The largest distance between two lists of numbers in units in the last place: how many
   * representable numbers one has to pass to come from one to the other.
   *
   * @param type the dtype that four digits stand for, where it matters
   * @return infinity where one is NaN and the other is not, or the lists differ in length
   */
  static double ulps(String before, String after, HalfType type) {
    List<String> from = List.of(before.split(" ", -1));
    List<String> to = List.of(after.split(" ", -1));
    if (from.size() != to.size()) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int k = 0; k < from.size(); k++) {
      largest = Math.max(largest, distance(from.get(k), to.get(k), type));
    }
    return largest;
  }

  /** The two types that take sixteen bits. */
  enum HalfType {
    /** IEEE 754 binary16. */
    FLOAT16(0x7c00),
    /** The upper half of a binary32. */
    BFLOAT16(0x7f80);

    private final long infinity;

    HalfType(long infinity) {
      this.infinity = infinity;
    }

    /** The type that the name of a probe says. */
    static HalfType of(String probe) {
      return probe.contains("bfloat16") ? BFLOAT16 : FLOAT16;
    }
  }

  private static double distance(String before, String after, HalfType type) {
    if (before.equals(after)) {
      return 0;
    }
    if (before.isEmpty() || before.length() != after.length()) {
      return Double.POSITIVE_INFINITY;
    }
    int digits = before.length();
    long infinity =
        digits == SHORT
            ? type.infinity
            : digits == INT ? 0x7f80_0000L : Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
    long from = Long.parseUnsignedLong(before, 16);
    long to = Long.parseUnsignedLong(after, 16);
    long sign = 1L << (4 * digits - 1);
    boolean oneIsNan = ((from & ~sign) > infinity) != ((to & ~sign) > infinity);
    boolean bothAreNan = (from & ~sign) > infinity && (to & ~sign) > infinity;
    if (oneIsNan || bothAreNan) {
      return bothAreNan ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs((double) (place(from, sign) - place(to, sign)));
  }

  /** Where a number stands among all of its type, from zero; both zeros stand at 0. */
  private static long place(long bits, long sign) {
    long magnitude = bits & ~sign;
    return (bits & sign) == 0 ? magnitude : -magnitude;
  }
}
