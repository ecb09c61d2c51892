package dev.alig.conformance;

/** The order and kind of operations that an implementation performs. */
public enum Arithmetic {
  /**
   * That of {@code alig.th}: p - γg, then what momentum adds; a product may be fused with the sum
   * that follows or be rounded by itself; denormals are kept.
   */
  TORCH,

  /**
   * That of TensorFlow's kernels: what is taken off is added up first, γg + γμv, in either order of
   * its factors; denormals may be flushed to zero.
   */
  TENSORFLOW;

  /** Whether denormal operands and results may count as zero. */
  public boolean flushes() {
    return this == TENSORFLOW;
  }
}
