package dev.alig.conformance.cases;

import dev.alig.conformance.DType;
import java.util.SplittableRandom;

/** How the numbers of a tensor are drawn; from the simplest to the wildest, as shrinking goes. */
enum Magnitude {
  /** Small integers and halves, on which arithmetic is mostly exact. */
  SIMPLE {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return random.nextInt(-6, 7) / 2.0;
    }
  },
  /** Numbers about 1 with random digits. */
  ORDINARY {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return random.nextDouble(-2, 2);
    }
  },
  /** Zeros of both signs. */
  ZERO {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return random.nextBoolean() ? 0.0 : -0.0;
    }
  },
  /** Some thousandths to some thousands within one tensor. */
  MIXED {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return power(random, -10, 10);
    }
  },
  /** Numbers whose squares are far from underflow, but small. */
  SMALL {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return power(random, -40, -20);
    }
  },
  /** Numbers whose squares are far from overflow, but large. */
  LARGE {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return power(random, 20, 40);
    }
  },
  /** Numbers whose squares underflow, denormals among them. */
  TINY {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return dtype == DType.FLOAT ? power(random, -149, -60) : power(random, -1074, -500);
    }
  },
  /** Numbers whose squares overflow, or nearly do. */
  HUGE {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return dtype == DType.FLOAT ? power(random, 60, 127) : power(random, 505, 1023);
    }
  },
  /** Any exponent the dtype has. */
  ANY {
    @Override
    double draw(SplittableRandom random, DType dtype) {
      return dtype == DType.FLOAT ? power(random, -149, 127) : power(random, -1074, 1023);
    }
  };

  /** One number of the dtype. */
  abstract double draw(SplittableRandom random, DType dtype);

  /** A number with random digits and sign, and an exponent in [low, high]. */
  private static double power(SplittableRandom random, int low, int high) {
    double mantissa = random.nextDouble(1, 2) * (random.nextBoolean() ? 1 : -1);
    return Math.scalb(mantissa, random.nextInt(low, high + 1));
  }
}
