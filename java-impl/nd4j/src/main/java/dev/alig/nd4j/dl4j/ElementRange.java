package dev.alig.nd4j.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Consecutive elements of a network's parameters or gradients, from {@code from} (inclusive) to
 * {@code to} (exclusive).
 */
record ElementRange(long from, long to) {
  /**
   * Adds a range to the list, or extends the last range if the new one follows it without a gap.
   */
  static void append(List<ElementRange> ranges, long from, long to) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).to == from) {
      ranges.set(last, new ElementRange(ranges.get(last).from, to));
    } else {
      ranges.add(new ElementRange(from, to));
    }
  }

  /**
   * A view of these elements in a flat array.
   *
   * @param start the index in the network of the array's first element
   */
  INDArray in(INDArray flat, long start) {
    return flat.reshape(flat.length()).get(NDArrayIndex.interval(from - start, to - start));
  }
}
