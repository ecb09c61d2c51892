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

  /** Elements from which on two threads are faster than one; see ARCHITECTURE for the figures. */
  long parallelFrom(int bytesPerElement);
}
