package dev.alig.spark;

import java.util.Iterator;
import java.util.stream.Stream;

/** The micro-batches of a partition with their numbers, if they are what they were before. */
final class NumberedMicroBatches implements Iterator<MicroBatch> {
  private final Iterator<byte[]> found;
  private final int[] expected;
  private final long start;
  private int place;

  /**
   * The micro-batches of a partition.
   *
   * @param checksums the checksums of all partitions, when they were read first
   */
  NumberedMicroBatches(int partition, Iterator<byte[]> found, int[][] checksums) {
    this.found = found;
    expected = checksums[partition];
    start = Stream.of(checksums).limit(partition).mapToLong(part -> part.length).sum();
  }

  @Override
  public boolean hasNext() {
    boolean more = found.hasNext();
    if (more != place < expected.length) {
      throw changed();
    }
    return more;
  }

  @Override
  public MicroBatch next() {
    byte[] bytes = found.next();
    if (MicroBatch.Stored.checksum(bytes) != expected[place]) {
      throw changed();
    }
    return new MicroBatch.Stored(start + place++, bytes);
  }

  private MicroBatchException changed() {
    return new MicroBatchException(
        "micro-batch %d is not what it was when the RDD was read first; save the data to files, or make the RDD without random numbers, repartition and other operations whose result can change"
            .formatted(start + place));
  }
}
