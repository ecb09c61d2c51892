package dev.alig.nd4j;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

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

  /** Whether {@code bytes} at {@code address}, more than none, meet a stretch. */
  boolean meet(long address, long bytes) {
    int found = Arrays.binarySearch(firsts, address + bytes - 1);
    int candidate = found >= 0 ? found : -found - 2;
    return candidate >= 0 && ends[candidate] > address;
  }
}
