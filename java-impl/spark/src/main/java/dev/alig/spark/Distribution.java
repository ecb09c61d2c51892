package dev.alig.spark;

import java.io.Serializable;

/**
 * Which micro-batches of an epoch belong to which step, and to which task of the step.
 *
 * <p>Step {@code s} has the micro-batches from {@code s · perStep}; the last step may have fewer. A
 * task has micro-batches with consecutive indices, so that most of its gradients join.
 *
 * @param microBatches the number of micro-batches in an epoch
 * @param perStep the number of micro-batches in a step
 * @param tasks the number of tasks in a step, at most {@code perStep}
 */
record Distribution(long microBatches, int perStep, int tasks) implements Serializable {
  /** So many micro-batches at most are read past on the way to one that is not in memory. */
  private static final int CHUNK = 64;

  long steps() {
    return (microBatches + perStep - 1) / perStep;
  }

  /** The number in the epoch of the step's first micro-batch. */
  long start(long step) {
    return step * perStep;
  }

  /** The number of micro-batches in a step. */
  int size(long step) {
    return (int) Math.min(perStep, microBatches - start(step));
  }

  /** The place in the step where a task starts; the next task starts where it ends. */
  int start(long step, int task) {
    return (int) ((long) size(step) * task / tasks);
  }

  /** The task of a micro-batch. */
  int task(long index) {
    long step = index / perStep;
    return (int) (((index - start(step) + 1) * tasks - 1) / size(step));
  }

  private long stepsPerChunk() {
    return Math.max(1, (long) CHUNK * tasks / perStep);
  }

  /** The number of partitions that hold the micro-batches, each for one task of several steps. */
  int partitions() {
    return Math.toIntExact((steps() + stepsPerChunk() - 1) / stepsPerChunk() * tasks);
  }

  /** The partition that holds the micro-batches of a task of a step. */
  int partition(long step, int task) {
    return Math.toIntExact(step / stepsPerChunk() * tasks + task);
  }

  /** The sums of how many subtrees a task of a full step returns. */
  int sums(int task) {
    int count = 0;
    long from = start(0, task);
    long to = start(0, task + 1);
    while (from < to) {
      long size = from == 0 ? Long.highestOneBit(to) : Long.lowestOneBit(from);
      while (from + size > to) {
        size /= 2;
      }
      from += size;
      count++;
    }
    return count;
  }
}
