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

  /** The size of an element. */
  int bytes();

  /** Puts Σx² into {@code sums[at]}, and into {@code lost[at]} what rounding took from it. */
  void squares(long x, int length, double[] sums, double[] lost, int at);

  /** Whether no element is NaN or infinite. */
  boolean allFinite(long x, int length);

  /** See {@link Kernel#plain}. */
  void plain(long p, long g, int length, double stepSize);

  /** See {@link Kernel#standard}. */
  void standard(long p, long v, long g, int length, double stepSize, double momentum);

  /** See {@link Kernel#adjusted}. */
  void adjusted(long p, long v, long g, int length, double stepSize, double momentum);

  /** See {@link Kernel#scale}. */
  void scale(long x, int length, double factor);
}
