package dev.alig.spark;

import dev.alig.nd4j.GradientSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Computes the gradients of a task's micro-batches, and their sum.
 *
 * @param from the number in the epoch of the step's first micro-batch
 * @param to the end of the step; other micro-batches are of other steps
 */
record GradientTask(Broadcast<Plan> plan, Broadcast<Parameters> parameters, long from, long to)
    implements FlatMapFunction<Iterator<MicroBatch>, GradientTask.Result> {
  private static final long serialVersionUID = 1;

  /**
   * What a task returns.
   *
   * @param sum the bytes of a {@link GradientSum}
   * @param nonFinite the micro-batches whose loss or gradient is NaN or infinite
   * @param canary the checksum of the canary's gradient
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Result(byte[] sum, List<String> nonFinite, String executor, long canary)
      implements Serializable {}

  @Override
  public Iterator<Result> call(Iterator<MicroBatch> microBatches) {
    Replicas replicas = Replicas.of(plan.value());
    Replica replica = replicas.take();
    replica.set(parameters.value());
    @Nullable GradientSum sum = null;
    List<String> nonFinite = new ArrayList<>();
    while (microBatches.hasNext()) {
      MicroBatch next = microBatches.next();
      if (next.index() >= to) {
        break; // they are in the order of their indices
      }
      if (next.index() >= from) {
        GradientSum gradient = replica.gradient(next, next.index() - from);
        if (!gradient.isFinite()) {
          nonFinite.add(next.describe());
        }
        sum = sum == null ? gradient : sum.plus(gradient);
      }
    }
    replicas.giveBack(replica);
    if (sum == null) {
      throw new IllegalStateException("a task of the step from %d has no data".formatted(from));
    }
    return List.of(new Result(sum.toBytes(), nonFinite, executor(), replicas.canary())).iterator();
  }

  /** This process, and what its bits may depend on. */
  private static String executor() {
    return "executor %s (%s, OMP_NUM_THREADS=%s)"
        .formatted(
            SparkEnv.get().executorId(),
            System.getProperty("os.arch"),
            System.getenv().getOrDefault("OMP_NUM_THREADS", "unset"));
  }
}
