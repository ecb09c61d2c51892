package dev.alig.conformance.model;

import org.apiguardian.api.API;

/** The floating-point format that a case computes in. */
@API(status = API.Status.STABLE, since = "0.1")
public enum DType {
  /** IEEE 754 binary32. */
  FLOAT("float32", Float.BYTES, 0x1p-24, Float.MIN_VALUE, Float.MAX_VALUE),
  /** IEEE 754 binary64. */
  DOUBLE("float64", Double.BYTES, 0x1p-53, Double.MIN_VALUE, Double.MAX_VALUE);

  private final String torchName;
  private final int bytes;
  private final double unitRoundoff;
  private final double smallest;
  private final double largest;

  DType(String torchName, int bytes, double unitRoundoff, double smallest, double largest) {
    this.torchName = torchName;
    this.bytes = bytes;
    this.unitRoundoff = unitRoundoff;
    this.smallest = smallest;
    this.largest = largest;
  }

  /** The name that PyTorch and the trace files use, such as {@code float32}. */
  public String torchName() {
    return torchName;
  }

  /** The size of one element. */
  public int bytes() {
    return bytes;
  }

  /** Half the distance from 1 to the next larger number: u in error analysis. */
  public double unitRoundoff() {
    return unitRoundoff;
  }

  /** The digits of the significand, the leading one included: p in IEEE 754. */
  public int significandBits() {
    return this == FLOAT ? 24 : 53;
  }

  /** The exponent of the smallest positive denormal, a power of two. */
  public int smallestExponent() {
    return this == FLOAT ? -149 : -1074;
  }

  /** The smallest positive denormal. */
  public double smallest() {
    return smallest;
  }

  /** The smallest positive number with a full significand. */
  public double smallestNormal() {
    return this == FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
  }

  /** The largest finite number. */
  public double largest() {
    return largest;
  }

  /** Rounds a double to this format, to nearest, ties to even. */
  public double round(double value) {
    return this == FLOAT ? (float) value : value;
  }

  /** The next number of this format above {@code value}, which must be of this format. */
  public double up(double value) {
    return this == FLOAT ? Math.nextUp((float) value) : Math.nextUp(value);
  }

  /** The next number of this format below {@code value}, which must be of this format. */
  public double down(double value) {
    return this == FLOAT ? Math.nextDown((float) value) : Math.nextDown(value);
  }

  /**
   * Whether two numbers of this format are the same: NaN is NaN whatever its payload, and the sign
   * of a zero counts.
   */
  public static boolean same(double a, double b) {
    return Double.compare(a, b) == 0;
  }

  /** The format of a torch name. */
  public static DType ofTorchName(String name) {
    for (DType dtype : values()) {
      if (dtype.torchName.equals(name)) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("dtype must be float32 or float64, was " + name);
  }
}
