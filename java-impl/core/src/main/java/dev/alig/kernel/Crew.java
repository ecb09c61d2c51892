package dev.alig.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads that help the calling one with the pieces of a job.
 *
 * <p>Whoever is free takes a piece, so that a helper that wakes late, or not at all on a busy
 * machine, holds nobody up. Helpers are daemons; after a job they look out for the next for a
 * while, since a step has two or three in a row and a thread takes longer to wake than most jobs
 * last.
 */
final class Crew {
  /** What there is to do. */
  interface Job {
    /**
     * Does one piece.
     *
     * @param worker the thread's number: 0 for the caller, others for helpers
     */
    void run(int worker, int piece);
  }

  private final Helper[] helpers;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** A crew of so many, the caller among them. */
  Crew(int size) {
    helpers = new Helper[size - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
      helpers[i].start();
    }
  }

  /** How many work at once at most. */
  int size() {
    return helpers.length + 1;
  }

  /** Returns when all pieces are done. Does them alone while the crew helps somebody else. */
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
