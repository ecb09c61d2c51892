package dev.alig.spark;

import java.util.List;

/** The micro-batches of an epoch, which each step takes its own from. */
sealed interface EpochData extends AutoCloseable permits StoredData, PathData {
  Distribution distribution();

  /** A checksum of what can be seen of the data. */
  int checksum();

  /** Micro-batch 0. */
  MicroBatch first();

  /** Runs the tasks of a step, and returns their results in the order of the tasks. */
  List<GradientTask.Result> run(long step, GradientTask task);

  @Override
  void close();
}
