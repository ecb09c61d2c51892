package dev.alig.conformance.torch;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The floating-point formats that may cross the bridge, as bit patterns.
 *
 * <p>A long holds the bits of a number in its low end.
 */
enum BridgeFormat {
  /** IEEE 754 binary16. */
  FLOAT16("float16", 5, 10),
  /** The upper half of a binary32. */
  BFLOAT16("bfloat16", 8, 7),
  /** IEEE 754 binary32. */
  FLOAT32("float32", 8, 23),
  /** IEEE 754 binary64. */
  FLOAT64("float64", 11, 52);

  private final String torchName;
  private final int exponentBits;
  private final int significandBits;

  BridgeFormat(String torchName, int exponentBits, int significandBits) {
    this.torchName = torchName;
    this.exponentBits = exponentBits;
    this.significandBits = significandBits;
  }

  /** The kinds of numbers that a bridge may treat differently. */
  enum Kind {
    RANDOM,
    ZERO,
    DENORMAL,
    INFINITY,
    QUIET_NAN,
    SIGNALLING_NAN,
    ALL_ONES,
    LARGEST
  }

  String torchName() {
    return torchName;
  }

  int bytes() {
    return (1 + exponentBits + significandBits) / Byte.SIZE;
  }

  /** A mask of all the bits that the format has. */
  long mask() {
    return -1L >>> (Long.SIZE - Byte.SIZE * bytes());
  }

  /**
   * The bits of a random number of a kind, with a random sign and, if it has one, a random payload.
   */
  long draw(Kind kind, SplittableRandom random) {
    long sign = random.nextBoolean() ? 1L << (exponentBits + significandBits) : 0;
    long infinity = ((1L << exponentBits) - 1) << significandBits;
    long quiet = 1L << (significandBits - 1);
    return switch (kind) {
      case RANDOM -> random.nextLong() & mask();
      case ZERO -> sign;
      case DENORMAL -> sign | random.nextLong(1, 1L << significandBits);
      case INFINITY -> sign | infinity;
      case QUIET_NAN -> sign | infinity | quiet | random.nextLong(quiet);
      case SIGNALLING_NAN -> sign | infinity | random.nextLong(1, quiet);
      case ALL_ONES -> mask();
      case LARGEST -> sign | (infinity - 1);
    };
  }

  /** What kind of number the bits are; {@code RANDOM} for an ordinary one. */
  Kind kindOf(long bits) {
    long magnitude = bits & (mask() >>> 1);
    long infinity = ((1L << exponentBits) - 1) << significandBits;
    long quiet = 1L << (significandBits - 1);
    if (bits == mask()) {
      return Kind.ALL_ONES;
    } else if (magnitude > infinity) {
      return magnitude >= infinity + quiet ? Kind.QUIET_NAN : Kind.SIGNALLING_NAN;
    } else if (magnitude == infinity) {
      return Kind.INFINITY;
    } else if (magnitude == infinity - 1) {
      return Kind.LARGEST;
    } else if (magnitude == 0) {
      return Kind.ZERO;
    }
    return magnitude < 1L << significandBits ? Kind.DENORMAL : Kind.RANDOM;
  }

  /**
   * The exact number that the bits stand for: (1 + s/2^m)·2^(e - bias), without the 1 for the
   * smallest exponent.
   */
  double value(long bits) {
    long fraction = bits & ((1L << significandBits) - 1);
    int exponent = (int) (bits >>> significandBits) & ((1 << exponentBits) - 1);
    boolean negative = (bits >>> (exponentBits + significandBits) & 1) == 1;
    if (exponent == (1 << exponentBits) - 1) {
      double special = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      return negative ? -special : special;
    }
    int bias = (1 << (exponentBits - 1)) - 1;
    long significand = exponent == 0 ? fraction : fraction + (1L << significandBits);
    int power = Math.max(exponent, 1) - bias - significandBits;
    double magnitude = scale(significand, power);
    return negative ? -magnitude : magnitude;
  }

  /** significand·2^power, scaled in two halves: 2^power may lie below the smallest double. */
  private static double scale(long significand, int power) {
    return Math.scalb(Math.scalb((double) significand, power / 2), power - power / 2);
  }

  long get(ByteBuffer buffer, int position) {
    return switch (bytes()) {
      case Short.BYTES -> Short.toUnsignedLong(buffer.getShort(position));
      case Integer.BYTES -> Integer.toUnsignedLong(buffer.getInt(position));
      default -> buffer.getLong(position);
    };
  }

  void put(ByteBuffer buffer, int position, long bits) {
    switch (bytes()) {
      case Short.BYTES -> buffer.putShort(position, (short) bits);
      case Integer.BYTES -> buffer.putInt(position, (int) bits);
      default -> buffer.putLong(position, bits);
    }
  }
}
