package dev.alig.nd4j;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Disjoint ranges of memory. */
final class Ranges {
  private final long[] firsts;
  private final long[] ends;

  /**
   * Stores the ranges.
   *
   * @param addresses the address of each, in any order
   * @param bytes the size of each; ranges of size 0 are ignored
   */
  Ranges(long[] addresses, long[] bytes) {
    int[] order =
        IntStream.range(0, addresses.length)
            .filter(i -> bytes[i] > 0)
            .boxed()
            .sorted(Comparator.comparingLong(i -> addresses[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    firsts = Arrays.stream(order).mapToLong(i -> addresses[i]).toArray();
    ends = Arrays.stream(order).mapToLong(i -> addresses[i] + bytes[i]).toArray();
  }

  /**
   * Whether a range overlaps a stored one.
   *
   * @param bytes the size of the range, more than 0
   */
  boolean meet(long address, long bytes) {
    int found = Arrays.binarySearch(firsts, address + bytes - 1);
    int candidate = found >= 0 ? found : -found - 2;
    return candidate >= 0 && ends[candidate] > address;
  }
}
