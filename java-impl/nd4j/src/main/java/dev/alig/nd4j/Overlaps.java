package dev.alig.nd4j;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds parameters and momenta that share memory. A step would change such memory twice.
 *
 * <p>Arrays with overlapping address ranges may share no element, like two columns of a matrix. So
 * in overlapping ranges each element is checked.
 */
final class Overlaps {
  private Overlaps() {}

  /**
   * Checks that no element belongs to two arrays, or to one array twice.
   *
   * @param host gives the arrays' addresses
   * @throws IllegalArgumentException if one does; the message names the arrays
   */
  static void requireNone(List<Named> arrays, HostMemory host) {
    List<Range> ranges = new ArrayList<>();
    for (Named named : arrays) {
      if (!named.array.isEmpty()) {
        ranges.add(Range.of(named, host));
      }
    }
    ranges.sort(Comparator.comparingLong(Range::first));
    int start = 0;
    long reach = Long.MIN_VALUE;
    for (int i = 0; i < ranges.size(); i++) {
      if (i > start && ranges.get(i).first > reach) {
        requireApart(ranges.subList(start, i));
        start = i;
      }
      reach = Math.max(reach, ranges.get(i).last);
    }
    requireApart(ranges.subList(start, ranges.size()));
  }

  private static void requireApart(List<Range> ranges) {
    if (ranges.size() < 2) {
      return;
    }
    BitSet taken = new BitSet();
    for (Range range : ranges) {
      int base = Math.toIntExact(range.first - ranges.get(0).first);
      if (!mark(taken, range.array(), 0, base)) {
        throw new IllegalArgumentException(
            range.name()
                + " shares memory with another of "
                + ranges.stream().map(Range::name).toList()
                + "; give each element of memory to one parameter or momentum");
      }
    }
  }

  private static boolean mark(BitSet taken, INDArray array, int dimension, int at) {
    if (dimension == array.rank()) {
      boolean free = !taken.get(at);
      taken.set(at);
      return free;
    }
    boolean free = true;
    for (long i = 0; i < array.size(dimension) && free; i++) {
      int next = Math.toIntExact(at + i * array.stride(dimension));
      free = mark(taken, array, dimension + 1, next);
    }
    return free;
  }

  /** A parameter or a momentum. */
  record Named(String name, INDArray array) {}

  /** The addresses of the first and the last element, in units of an element. */
  private record Range(Named named, long first, long last) {
    static Range of(Named named, HostMemory host) {
      INDArray array = named.array;
      long first = host.of(array).address() / array.dataType().width();
      long last = first;
      for (int d = 0; d < array.rank(); d++) {
        last += (array.size(d) - 1) * array.stride(d);
      }
      return new Range(named, first, last);
    }

    INDArray array() {
      return named.array;
    }

    String name() {
      return named.name;
    }
  }
}
