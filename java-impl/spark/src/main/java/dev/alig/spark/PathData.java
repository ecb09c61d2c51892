package dev.alig.spark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.spark.api.java.JavaSparkContext;

/** Micro-batches that a loader reads from paths. Each step sends its paths to its tasks. */
final class PathData implements EpochData {
  private final JavaSparkContext context;
  private final List<String> paths;
  private final MicroBatchLoader<?> loader;
  private final MicroBatch first;
  private final Distribution distribution;

  /** Reads the first micro-batch, on an executor: the loader need not work in the driver. */
  PathData(
      JavaSparkContext context, List<String> paths, MicroBatchLoader<?> loader, Options options) {
    Options.requireData(paths.size());
    this.context = context;
    this.paths = List.copyOf(paths);
    this.loader = loader;
    first =
        new MicroBatch.Stored(
            0,
            context
                .parallelize(List.of(microBatch(0)), 1)
                .map(path -> MicroBatch.Stored.bytes(Replica.load(path)))
                .first());
    distribution = options.distribution(paths.size(), context);
  }

  private MicroBatch microBatch(long index) {
    return new MicroBatch.AtPath(index, paths.get((int) index), loader);
  }

  @Override
  public Distribution distribution() {
    return distribution;
  }

  /** Only the paths are seen here, not what is there. */
  @Override
  public int checksum() {
    CRC32C checksum = new CRC32C();
    paths.forEach(path -> checksum.update((path + "\n").getBytes(StandardCharsets.UTF_8)));
    return (int) checksum.getValue();
  }

  @Override
  public MicroBatch first() {
    return first;
  }

  @Override
  public List<GradientTask.Result> run(long step, GradientTask task) {
    int size = distribution.size(step);
    List<MicroBatch> microBatches =
        IntStream.range(0, size).mapToObj(i -> microBatch(distribution.start(step) + i)).toList();
    return context
        .parallelize(microBatches, Math.min(distribution.tasks(), size))
        .mapPartitions(task)
        .collect();
  }

  @Override
  public void close() {}
}
