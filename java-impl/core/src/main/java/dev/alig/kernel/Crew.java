package dev.alig.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;

/**
 * Runs the parts of a job at once: the first in the calling thread, the others in the common pool.
 */
final class Crew {
  /** A job that falls into parts. */
  interface Job {
    void run(int part);
  }

  private Crew() {}

  /** As many parts as can run at once. */
  static int size() {
    return Math.min(
        Runtime.getRuntime().availableProcessors(), ForkJoinPool.getCommonPoolParallelism() + 1);
  }

  /** Returns when all parts are done. A part that no thread has taken up runs in the caller's. */
  static void run(int parts, Job job) {
    if (parts == 1) {
      job.run(0);
      return;
    }
    Part[] others = new Part[parts - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Part(job, i + 1);
      others[i].fork();
    }
    job.run(0);
    for (int i = others.length - 1; i >= 0; i--) {
      others[i].join();
    }
  }

  @SuppressWarnings("serial")
  private static final class Part extends RecursiveAction {
    private final Job job;
    private final int part;

    Part(Job job, int part) {
      this.job = job;
      this.part = part;
    }

    @Override
    protected void compute() {
      job.run(part);
    }
  }
}
