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
   * <p>Measured on two cores, µs a step of {@code float} elements with one thread and with two: the
   * Vector API 11.6 and 11.6 at 50,000, 24 and 16 at 100,000, 274 and 172 at a million; portable
   * kernels 30 and 30, 61 and 48, 661 and 455. A {@link Crew} that sleeps adds some µs.
   */
  long parallelFrom(int bytesPerElement);
}
