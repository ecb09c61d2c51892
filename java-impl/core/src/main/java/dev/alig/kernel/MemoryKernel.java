package dev.alig.kernel;

/**
 * The arithmetic of {@link Kernel} on off-heap memory, in place, one block of elements per call.
 *
 * <p>p, v, g and x are addresses of first elements. They are not checked: a wrong address crashes
 * the process. A call takes at most {@link #BLOCK} elements. Kernels keep scratch space and are not
 * thread-safe. All kernels give the same bits, except for the payload of NaN.
 */
interface MemoryKernel {
  /** The number of elements of a block; the last block of a tensor may have fewer. */
  int BLOCK = 4096;

  /** A block may be cut into parts of this many elements, a multiple of the lanes of all sums. */
  int PART = 512;

  /** The size of an element in bytes. */
  int bytes();

  /**
   * Adds Σx² to the sum of squares of the block. Each call for a block but the last must have a
   * multiple of {@link #PART} elements.
   */
  void addSquares(long x, int length);

  /**
   * Ends a block: stores its sum of squares in {@code sums[at]}, and the rounding error of that sum
   * in {@code lost[at]}. Returns whether the range of the elements' type sufficed for the sum; if
   * not, call {@link #wideSquares} for the same block.
   */
  boolean takeSquares(double[] sums, double[] lost, int at);

  /**
   * Stores the sum of squares of a whole block as {@link #takeSquares} does, but added up in {@code
   * double} whatever the type of the elements. By default they are {@code double} anyway.
   */
  default void wideSquares(long x, int length, double[] sums, double[] lost, int at) {
    addSquares(x, length);
    takeSquares(sums, lost, at);
  }

  /** Whether no element is NaN or infinite. */
  boolean allFinite(long x, int length);

  /**
   * See {@link Kernel#plain}; {@code measure} also adds the squares of the new p, as {@link
   * #addSquares} does.
   */
  void plain(long p, long g, int length, double stepSize, boolean measure);

  /** See {@link Factors}, and {@link #plain} for {@code measure}. */
  void momentum(long p, long v, long g, int length, Factors factors, boolean measure);

  /** See {@link Kernel#scale}. */
  void scale(long x, int length, double factor);
}
