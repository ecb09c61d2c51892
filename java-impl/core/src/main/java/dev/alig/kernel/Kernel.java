package dev.alig.kernel;

/**
 * ALI-G's arithmetic on slices of one element type.
 *
 * <p>Parameters p and momentum v change in place, elementwise; γ is the step size, μ the momentum
 * and g the gradient. All slices of a call have the same length and share no element. For the same
 * γ, each result equals that of torch's elementwise operations on a CPU, bit for bit. γ, μ and γ·μ
 * (a product in {@code double}) are first rounded to the elements' type. A factor too large for the
 * type becomes infinite; torch raises an error instead.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public interface Kernel<A> {
  /**
   * Σx². Elements that are {@code double} are added with compensation. Others are added in {@code
   * float} with a relative error of at most 12·2⁻²⁴ at any length, or in {@code double} where that
   * range does not suffice.
   *
   * @param wide whether to add all elements in {@code double}
   */
  double sumOfSquares(Slice<A> values, boolean wide);

  /** Whether no element is NaN or infinite. */
  boolean allFinite(Slice<A> values);

  /** No momentum: p ← fma(g, −γ, p). */
  void plain(Slice<A> parameters, Slice<A> gradients, double stepSize);

  /**
   * Standard momentum: p ← fma(g, −γ, p), v ← fma(g, −γ, μ·v) where μ·v is rounded, p ← fma(v, μ,
   * p).
   */
  void standard(
      Slice<A> parameters, Slice<A> momenta, Slice<A> gradients, double stepSize, double momentum);

  /** Adjusted momentum: p ← fma(g, −γ, p), v ← μ·v − g with both rounded, p ← fma(v, γ·μ, p). */
  void adjusted(
      Slice<A> parameters, Slice<A> momenta, Slice<A> gradients, double stepSize, double momentum);

  /** x ← x·factor. */
  void scale(Slice<A> values, double factor);
}
