package dev.alig.nd4j.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Some consecutive elements of a network's parameters, as of its gradients. */
record Stretch(long from, long to) {
  /** Adds to the list; what follows without a gap becomes one with the last. */
  static void append(List<Stretch> stretches, long from, long to) {
    int last = stretches.size() - 1;
    if (last >= 0 && stretches.get(last).to == from) {
      stretches.set(last, new Stretch(stretches.get(last).from, to));
    } else {
      stretches.add(new Stretch(from, to));
    }
  }

  /** The elements in a flat array that starts at one of the network's elements. */
  INDArray in(INDArray flat, long start) {
    return flat.reshape(flat.length()).get(NDArrayIndex.interval(from - start, to - start));
  }
}
