package dev.alig.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A job of a {@link ThreadPool}, and its progress.
 *
 * <p>Each thread starts with its own range of pieces, and then helps with the other ranges. Its
 * range is the same in every job with as many pieces, so that the elements may still be in its
 * cache.
 */
final class Task {
  /** A waiting thread yields the processor after this many spins, which take some microseconds. */
  private static final int SPINS = 1000;

  private final ThreadPool.Job job;
  private final int pieces;
  private final int workers;

  /** The next piece of each range. */
  private final AtomicIntegerArray next;

  private final AtomicInteger done = new AtomicInteger();
  private volatile @Nullable Throwable failure;

  Task(ThreadPool.Job job, int pieces, int workers) {
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

  /** Does pieces until none is left. */
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

  /** Waits for the pieces that other threads have taken. Their writes are then visible. */
  void await() {
    for (int spin = 1; done.get() < pieces; spin++) {
      if (spin % SPINS == 0) {
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
