package dev.alig.kernel;

/**
 * ALI-G's arithmetic on slices of one element type.
 *
 * <p>Parameters p and momentum v change in place, elementwise; γ is the step size, μ the momentum
 * and g the gradient. All slices of a call have the same length and share no element. Given the
 * same γ every element is bit for bit what torch's elementwise operations give on a CPU; γ, μ and
 * γ·μ (a product in {@code double}) are rounded to the elements' type first, and become infinite
 * where torch refuses a number too large for it.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public interface Kernel<A> {
  /** Σx², accumulated more widely than the elements' type where that helps. */
  double sumOfSquares(Slice<A> values);

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
