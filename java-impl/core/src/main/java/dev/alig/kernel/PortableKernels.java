package dev.alig.kernel;

/** Kernels for every JDK: parts of the memory are copied to the heap, where HotSpot vectorizes. */
final class PortableKernels implements MemoryKernels {
  static final String NAME = "portable";

  /** Bytes of parameters that one thread takes so long for: 0.62 ns an element of four. */
  private static final long STEP_OF_160_MICROSECONDS = 1 << 20;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "parts copied to the heap by " + Transfer.means();
  }

  @Override
  public MemoryKernel ofFloats() {
    return new PortableFloats();
  }

  @Override
  public MemoryKernel ofDoubles() {
    return new PortableDoubles();
  }

  @Override
  public long parallelFrom(int bytesPerElement) {
    return STEP_OF_160_MICROSECONDS / bytesPerElement;
  }
}
