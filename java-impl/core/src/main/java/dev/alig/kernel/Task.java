package dev.alig.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Crew}'s job, and how far it is.
 *
 * <p>Each worker begins with a range of its own, the same in every job of as many pieces, so that
 * it meets the elements that its cache still holds; then it helps with the others' ranges.
 */
final class Task {
  /** Looks, some microseconds, between which the processor is left to others for a moment. */
  private static final int LOOKS = 1000;

  private final Crew.Job job;
  private final int pieces;
  private final int workers;

  /** The next piece of each range. */
  private final AtomicIntegerArray next;

  private final AtomicInteger done = new AtomicInteger();
  private volatile @Nullable Throwable failure;

  Task(Crew.Job job, int pieces, int workers) {
    this.job = job;
    this.pieces = pieces;
    this.workers = workers;
    next = new AtomicIntegerArray(workers);
    for (int i = 0; i < workers; i++) {
      next.set(i, start(i));
    }
  }

  private int start(int range) {
    return Math.toIntExact((long) pieces * range / workers);
  }

  /** Does pieces until none is left to take. */
  void help(int worker) {
    for (int i = 0; i < workers; i++) {
      helpWith((worker + i) % workers, worker);
    }
  }

  private void helpWith(int range, int worker) {
    int end = start(range + 1);
    for (int piece = next.getAndIncrement(range);
        piece < end;
        piece = next.getAndIncrement(range)) {
      try {
        job.run(worker, piece);
      } catch (Throwable e) {
        failure = e;
      }
      done.incrementAndGet();
    }
  }

  /** Waits for the pieces that others have taken; what they wrote is visible then. */
  void await() {
    for (int look = 1; done.get() < pieces; look++) {
      if (look % LOOKS == 0) {
        LockSupport.parkNanos(1);
      } else {
        Thread.onSpinWait();
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw new IllegalStateException("a piece of the work failed", thrown);
    }
  }
}
