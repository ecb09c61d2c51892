package dev.alig.nd4j;

import java.util.Arrays;

/** Stretches of memory that do not meet each other, and whether another one meets any. */
final class Ranges {
  private final long[] firsts;
  private final long[] ends;

  /**
   * Notes the stretches.
   *
   * @param addresses where each begins, in any order
   * @param bytes how long each is; 0 for none
   */
  Ranges(long[] addresses, long[] bytes) {
    firsts = new long[addresses.length];
    ends = new long[addresses.length];
    Integer[] order = new Integer[addresses.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(addresses[a], addresses[b]));
    for (int i = 0; i < order.length; i++) {
      firsts[i] = addresses[order[i]];
      ends[i] = firsts[i] + bytes[order[i]];
    }
  }

  /** Whether {@code bytes} at {@code address}, more than none, meet a stretch. */
  boolean meet(long address, long bytes) {
    int found = Arrays.binarySearch(firsts, address + bytes - 1);
    int candidate = found >= 0 ? found : -found - 2;
    return candidate >= 0 && ends[candidate] > address;
  }
}
