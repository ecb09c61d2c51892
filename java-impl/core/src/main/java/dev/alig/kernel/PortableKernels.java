package dev.alig.kernel;

/** Kernels for every JDK: parts of the memory are copied to the heap, where HotSpot vectorizes. */
final class PortableKernels implements MemoryKernels {
  static final String NAME = "portable";

  /** Bytes of parameters that one thread takes some 40 µs for. */
  private static final long PARALLEL_FROM = 1 << 18;

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
    return PARALLEL_FROM / bytesPerElement;
  }
}
