package dev.alig.kernel;

/** Makes the kernels of one technique. */
interface MemoryKernels {
  /** Its name, as the system property has it. */
  String name();

  /** How it works, in a few words. */
  String description();

  /** A new kernel for {@code float} elements. */
  MemoryKernel ofFloats();

  /** A new kernel for {@code double} elements. */
  MemoryKernel ofDoubles();

  /**
   * How many elements a step must have for several threads.
   *
   * <p>To wake the common pool twice costs a step about 25 µs, measured on two cores; a second
   * thread must save well more, so that the step must take more than 100 µs on one.
   */
  long parallelFrom(int bytesPerElement);
}
