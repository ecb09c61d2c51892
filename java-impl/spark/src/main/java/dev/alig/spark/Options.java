package dev.alig.spark;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The choices of a training.
 *
 * @param microBatchesPerStep the number of micro-batches in a step
 * @param tasksPerStep the number of tasks in a step; empty for as many as Spark runs at a time
 * @param seed of dropout and noise
 * @param checkpoints where and when to save the run; empty for never
 * @param resume whether to go on from a checkpoint, if there is one
 */
record Options(
    int microBatchesPerStep,
    Optional<Integer> tasksPerStep,
    long seed,
    Optional<Checkpoints> checkpoints,
    boolean resume,
    UnequalExecutors unequalExecutors) {

  Options {
    requirePositive("microBatchesPerStep", microBatchesPerStep);
    tasksPerStep.ifPresent(tasks -> requirePositive("tasksPerStep", tasks));
    if (resume && checkpoints.isEmpty()) {
      throw new IllegalArgumentException("resume() needs checkpoints(folder, everySteps)");
    }
  }

  static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }

  static void requireData(long microBatches) {
    if (microBatches == 0) {
      throw new IllegalArgumentException(
          "there are no micro-batches: the RDD, or the list of paths, is empty");
    }
  }

  Distribution distribution(long microBatches, JavaSparkContext context) {
    requireData(microBatches);
    int tasks = tasksPerStep.orElseGet(context::defaultParallelism);
    return new Distribution(
        microBatches, microBatchesPerStep, Math.min(tasks, microBatchesPerStep));
  }
}
