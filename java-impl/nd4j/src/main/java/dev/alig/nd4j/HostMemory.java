package dev.alig.nd4j;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The copy of an ND4J array in the host's memory.
 *
 * <p>A back end for GPUs has two copies of a buffer, on the host and on the device, and copies from
 * one to the other when one is out of date. It creates the host's copy when it is first needed. So
 * code that reads or writes the host's copy must tell the back end. A view shares its buffer, and
 * the state of the buffer, with its original. On a CPU there is one copy, and these calls do
 * nothing.
 */
final class HostMemory {
  private final AffinityManager sides;

  /**
   * Host memory of a back end.
   *
   * @param sides knows which copy of each buffer is up to date
   */
  HostMemory(AffinityManager sides) {
    this.sides = sides;
  }

  /** The host memory of ND4J's current back end. */
  static HostMemory ofNd4j() {
    return new HostMemory(Nd4j.getAffinityManager());
  }

  /** The address of a non-empty array on the host, after its current values were copied there. */
  Pointer of(INDArray array) {
    sides.ensureLocation(array, Location.HOST);
    return array.data().addressPointer();
  }

  /** Tells the back end that elements were written on the host. Call {@link #of} before. */
  void written(INDArray array) {
    sides.tagLocation(array, Location.HOST);
  }
}
