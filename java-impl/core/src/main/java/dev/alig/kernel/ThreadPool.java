package dev.alig.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Helper threads that share the pieces of a job with the calling thread.
 *
 * <p>Each free thread takes the next piece. So a helper that wakes late delays nobody. Helpers are
 * daemon threads. After a job a helper spins for a while before it sleeps: a step has two or three
 * jobs in a row, and waking a thread takes longer than most jobs.
 */
class ThreadPool {
  /** Work that consists of numbered pieces. */
  interface Job {
    /**
     * Does one piece.
     *
     * @param worker the number of the thread that runs the piece: 0 for the caller, others for
     *     helpers
     */
    void run(int worker, int piece);
  }

  private final Helper[] helpers;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Starts helpers.
   *
   * @param size the number of threads, the caller included
   */
  ThreadPool(int size) {
    helpers = new Helper[size - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
      helpers[i].start();
    }
  }

  /** The greatest number of threads that work at once. */
  int size() {
    return helpers.length + 1;
  }

  /**
   * Does all pieces, then returns. If the helpers are busy with another job, the caller does all
   * pieces alone.
   */
  void run(int pieces, Job job) {
    Task task = new Task(job, pieces, size());
    if (helpers.length == 0 || pieces == 1 || !busy.compareAndSet(false, true)) {
      task.help(0);
      task.await();
      return;
    }
    try {
      for (Helper helper : helpers) {
        helper.call(task);
      }
      task.help(0);
      for (Helper helper : helpers) {
        helper.recall(task);
      }
      task.await();
    } finally {
      busy.set(false);
    }
  }
}
