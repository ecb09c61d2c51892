package dev.alig.kernel;

/**
 * {@link Kernel}'s arithmetic on off-heap memory, a block of elements at a time, in place.
 *
 * <p>p, v, g and x are addresses of the first element. Nothing is checked: memory that is not there
 * ends the process. For at most {@link #BLOCK} elements; not thread safe, since a kernel may keep
 * scratch space. All kernels give the same bits, NaN's payload apart.
 */
interface MemoryKernel {
  /** The most elements in a block; every block of a tensor but its last has as many. */
  int BLOCK = 4096;

  /** What a block may be cut into: a multiple of the lanes of all sums. */
  int PART = 256;

  /** The size of an element. */
  int bytes();

  /**
   * Adds Σx² to the squares of the block; all calls for a block but the last must have a multiple
   * of {@link #PART} elements.
   */
  void addSquares(long x, int length);

  /**
   * Ends a block: puts the sum of its squares into {@code sums[at]}, and into {@code lost[at]} what
   * rounding took from it.
   */
  void takeSquares(double[] sums, double[] lost, int at);

  /** Whether no element is NaN or infinite. */
  boolean allFinite(long x, int length);

  /**
   * See {@link Kernel#plain}; {@code measure} adds the squares of the new p, still in the cache.
   */
  void plain(long p, long g, int length, double stepSize, boolean measure);

  /** See {@link Factors}, and {@link #plain} for {@code measure}. */
  void momentum(long p, long v, long g, int length, Factors factors, boolean measure);

  /** See {@link Kernel#scale}. */
  void scale(long x, int length, double factor);
}
