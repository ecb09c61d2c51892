package dev.alig.conformance.cases;

import dev.alig.conformance.model.DType;
import org.apiguardian.api.API;

/** A number at one of the ends of a format, in the middle of it, or none. */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum SpecialValue {
  /** Whatever number the slot has when it is not what the case is about. */
  ORDINARY,
  /** Not a number. */
  NAN,
  /** Positive infinity. */
  INFINITY,
  /** Negative infinity. */
  NEGATIVE_INFINITY,
  /** Positive zero. */
  ZERO,
  /** Negative zero. */
  NEGATIVE_ZERO,
  /** The smallest positive denormal. */
  DENORMAL,
  /** The largest negative denormal. */
  NEGATIVE_DENORMAL,
  /** The smallest positive number with a full significand. */
  NORMAL,
  /** Its negative. */
  NEGATIVE_NORMAL,
  /** The largest finite number. */
  LARGEST,
  /** Its negative. */
  NEGATIVE_LARGEST,
  /** No number at all: a parameter without a gradient. */
  ABSENT;

  /** The number in a format; an ordinary one is the caller's. */
  double in(DType dtype, double ordinary) {
    return switch (this) {
      case ORDINARY, ABSENT -> ordinary;
      case NAN -> Double.NaN;
      case INFINITY -> Double.POSITIVE_INFINITY;
      case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
      case ZERO -> 0.0;
      case NEGATIVE_ZERO -> -0.0;
      case DENORMAL -> dtype.smallest();
      case NEGATIVE_DENORMAL -> -dtype.smallest();
      case NORMAL -> dtype.smallestNormal();
      case NEGATIVE_NORMAL -> -dtype.smallestNormal();
      case LARGEST -> dtype.largest();
      case NEGATIVE_LARGEST -> -dtype.largest();
    };
  }
}
