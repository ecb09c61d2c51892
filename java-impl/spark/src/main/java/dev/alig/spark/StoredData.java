package dev.alig.spark;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The micro-batches of an RDD, numbered in its order and arranged once, by a shuffle, into one
 * partition per task and chunk of steps. So each step reads only the partitions of its own tasks.
 *
 * <p>The RDD is read twice before the first step: for the checksums and for the shuffle. It may be
 * read again when executors are lost. If it gives other data then, the checksums tell.
 */
final class StoredData implements EpochData {
  private final Distribution distribution;
  private final int checksum;
  private final MicroBatch first;
  private final Broadcast<int[][]> checksums;
  private final JavaRDD<MicroBatch> arranged;

  /** Reads the RDD for the checksums, one array per partition. */
  StoredData(JavaSparkContext context, JavaRDD<MultiDataSet> data, Options options) {
    JavaRDD<byte[]> bytes = data.mapPartitionsWithIndex(ReadMicroBatches::new, true);
    int[][] parts = bytes.mapPartitions(StoredData::checksums).collect().toArray(int[][]::new);
    distribution =
        options.distribution(Stream.of(parts).mapToLong(part -> part.length).sum(), context);
    checksum = checksum(parts);
    first = new MicroBatch.Stored(0, bytes.first());
    Broadcast<int[][]> expected = context.broadcast(parts);
    checksums = expected;
    arranged =
        bytes
            .<MicroBatch>mapPartitionsWithIndex(
                (part, found) -> new NumberedMicroBatches(part, found, expected.value()), true)
            .keyBy(MicroBatch::index)
            .repartitionAndSortWithinPartitions(new ByTask(distribution))
            .values()
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Iterator<int[]> checksums(Iterator<byte[]> bytes) {
    IntStream.Builder checksums = IntStream.builder();
    bytes.forEachRemaining(data -> checksums.add(MicroBatch.Stored.checksum(data)));
    return List.of(checksums.build().toArray()).iterator();
  }

  /** It does not depend on the number of partitions. */
  private static int checksum(int[][] parts) {
    CRC32C checksum = new CRC32C();
    Stream.of(parts)
        .flatMapToInt(IntStream::of)
        .forEach(
            part -> {
              for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                checksum.update(part >>> shift);
              }
            });
    return (int) checksum.getValue();
  }

  @Override
  public Distribution distribution() {
    return distribution;
  }

  @Override
  public int checksum() {
    return checksum;
  }

  @Override
  public MicroBatch first() {
    return first;
  }

  @Override
  public List<GradientTask.Result> run(long step, GradientTask task) {
    int[] partitions =
        IntStream.range(0, distribution.tasks())
            .filter(i -> distribution.start(step, i) < distribution.start(step, i + 1))
            .map(i -> distribution.partition(step, i))
            .toArray();
    return Stream.of(arranged.mapPartitions(task).collectPartitions(partitions))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void close() {
    arranged.unpersist(false);
    checksums.destroy();
  }

  /** The partition of the task that a micro-batch belongs to. */
  private static final class ByTask extends Partitioner {
    private static final long serialVersionUID = 1;

    private final Distribution distribution;

    ByTask(Distribution distribution) {
      this.distribution = distribution;
    }

    @Override
    public int numPartitions() {
      return distribution.partitions();
    }

    @Override
    public int getPartition(Object key) {
      long index = (Long) key;
      return distribution.partition(index / distribution.perStep(), distribution.task(index));
    }
  }
}
