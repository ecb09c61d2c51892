package dev.alig.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** All memory of this process. */
final class Memory {
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /**
   * The memory as one segment. Loading this class fails if the command line denies access to native
   * memory.
   */
  @SuppressWarnings("restricted")
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}

  /** A part of the memory. Use it briefly, so that HotSpot allocates no object for it. */
  static MemorySegment at(long address, long bytes) {
    return ALL.asSlice(address, bytes);
  }
}
