package dev.alig.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** The memory of this process. */
final class Memory {
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /**
   * All of it. Loading this class fails where the command line denies access to native memory.
   */
  @SuppressWarnings("restricted")
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}

  /** A stretch of it; short-lived, so that HotSpot keeps it off the heap. */
  static MemorySegment at(long address, long bytes) {
    return ALL.asSlice(address, bytes);
  }
}
