package dev.alig.nd4j;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds parameters that share memory, which a step would move twice.
 *
 * <p>Arrays whose address ranges meet may still be apart, as two columns of a matrix are: within
 * such a run of ranges every element is looked at.
 */
final class Overlaps {
  private Overlaps() {}

  /**
   * Checks that no element belongs to two parameters, or twice to one.
   *
   * @param host tells where the parameters lie
   * @throws IllegalArgumentException naming the two
   */
  static void requireNone(List<Parameter> parameters, HostMemory host) {
    List<Range> ranges = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (!parameter.array().isEmpty()) {
        ranges.add(Range.of(parameter, host));
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
                + " shares memory with another parameter of "
                + ranges.stream().map(Range::name).toList()
                + "; give each element of memory to one parameter");
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

  /** The first and last element's place, counted in elements of the common type. */
  private record Range(Parameter parameter, long first, long last) {
    static Range of(Parameter parameter, HostMemory host) {
      INDArray array = parameter.array();
      long first = host.of(array).address() / array.dataType().width();
      long last = first;
      for (int d = 0; d < array.rank(); d++) {
        last += (array.size(d) - 1) * array.stride(d);
      }
      return new Range(parameter, first, last);
    }

    INDArray array() {
      return parameter.array();
    }

    String name() {
      return parameter.name();
    }
  }
}
