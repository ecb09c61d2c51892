package dev.alig.nd4j;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The host's side of ND4J's arrays.
 *
 * <p>Back ends for GPUs keep a buffer on both sides, make the host's when it is first asked for,
 * and copy between them when one is out of date; who reads or writes the host's has to tell them. A
 * view shares its buffer, and that buffer's state, with what it is a view of. On a CPU there is one
 * side, and nothing to tell.
 */
final class HostMemory {
  private final AffinityManager sides;

  /**
   * Host memory of a back end.
   *
   * @param sides knows which side of each buffer is up to date
   */
  HostMemory(AffinityManager sides) {
    this.sides = sides;
  }

  /** That of the back end that ND4J runs on. */
  static HostMemory ofNd4j() {
    return new HostMemory(Nd4j.getAffinityManager());
  }

  /** Where the elements of an array that is not empty lie, with what they are now. */
  Pointer of(INDArray array) {
    sides.ensureLocation(array, Location.HOST);
    return array.data().addressPointer();
  }

  /** Notes that elements were written; the buffer must have been {@link #of} this side before. */
  void written(INDArray array) {
    sides.tagLocation(array, Location.HOST);
  }
}
