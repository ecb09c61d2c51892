package dev.alig.conformance.cases;

import dev.alig.conformance.model.DType;
import java.util.SplittableRandom;

/** How the numbers of a tensor are drawn, from the simplest to the wildest. */
enum Magnitude {
  /** Small integers and halves, on which arithmetic is mostly exact. */
  SIMPLE,
  /** Numbers around 1 with random digits. */
  ORDINARY,
  /** Zeros of both signs. */
  ZERO,
  /** Thousandths to thousands within one tensor. */
  MIXED,
  /** Small numbers whose squares are far from underflow. */
  SMALL,
  /** Large numbers whose squares are far from overflow. */
  LARGE,
  /** Numbers whose squares underflow, denormals among them. */
  TINY,
  /** Numbers whose squares overflow, or nearly do. */
  HUGE,
  /** Any exponent of the dtype. */
  ANY;

  /** One number, still to be rounded to the dtype. */
  double draw(SplittableRandom random, DType dtype) {
    boolean single = dtype == DType.FLOAT;
    return switch (this) {
      case SIMPLE -> random.nextInt(-6, 7) / 2.0;
      case ORDINARY -> random.nextDouble(-2, 2);
      case ZERO -> random.nextBoolean() ? 0.0 : -0.0;
      case MIXED -> power(random, -10, 10);
      case SMALL -> power(random, -40, -20);
      case LARGE -> power(random, 20, 40);
      case TINY -> single ? power(random, -149, -60) : power(random, -1074, -500);
      case HUGE -> single ? power(random, 60, 127) : power(random, 505, 1023);
      case ANY -> single ? power(random, -149, 127) : power(random, -1074, 1023);
    };
  }

  /** A number with random digits and sign, and an exponent in [low, high]. */
  private static double power(SplittableRandom random, int low, int high) {
    double mantissa = random.nextDouble(1, 2) * (random.nextBoolean() ? 1 : -1);
    return Math.scalb(mantissa, random.nextInt(low, high + 1));
  }
}
