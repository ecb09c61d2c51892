package dev.alig.spark;

import java.util.Iterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The bytes of the micro-batches of a partition. Errors say which one they are of. */
final class ReadMicroBatches implements Iterator<byte[]> {
  private final int partition;
  private final Iterator<MultiDataSet> data;
  private int place;

  ReadMicroBatches(int partition, Iterator<MultiDataSet> data) {
    this.partition = partition;
    this.data = data;
  }

  @Override
  public boolean hasNext() {
    try {
      return data.hasNext();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  @Override
  public byte[] next() {
    try {
      byte[] bytes = MicroBatch.Stored.bytes(data.next());
      place++;
      return bytes;
    } catch (Exception e) {
      throw failure(e);
    }
  }

  private MicroBatchException failure(Exception cause) {
    return new MicroBatchException(
        "micro-batch %d of partition %d of the RDD failed: %s".formatted(place, partition, cause),
        cause);
  }
}
