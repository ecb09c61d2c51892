package dev.alig.kernel;

/** Creates the kernels of one technique. */
interface MemoryKernels {
  /** The name: a value of the system property {@code alig.kernel}. */
  String name();

  /** The technique, in a few words. */
  String description();

  /** The bits of a vector; 0 if HotSpot chooses the vectors. */
  int vectorBits();

  /** A new kernel for {@code float} elements. */
  MemoryKernel ofFloats();

  /** A new kernel for {@code double} elements. */
  MemoryKernel ofDoubles();

  /**
   * The least number of elements for which several threads share a step.
   *
   * <p>Measured on two cores, in µs per step of {@code float} elements, with one thread and with
   * two. Vector API: 11.6 and 11.6 for 50,000 elements, 24 and 16 for 100,000, 274 and 172 for a
   * million. Portable kernels: 30 and 30, 61 and 48, 661 and 455. Waking the helpers of a {@link
   * ThreadPool} adds a few µs.
   */
  long parallelFrom(int bytesPerElement);
}
