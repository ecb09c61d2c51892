package dev.alig.benchmark.probe;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Threads that share the pieces of a pass, and stay awake from one pass to the next. */
final class Team implements AutoCloseable {
  /** Longer than the caller takes between two passes. */
  private static final long PATIENCE_NANOS = 200_000;

  private final Thread[] helpers;
  private volatile @Nullable Pass pass;
  private volatile boolean closed;

  /** So many threads, the caller among them. */
  Team(int size) {
    helpers = new Thread[size - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Thread(this::help, "probe-" + i);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** Returns when all pieces are done. */
  void run(int pieces, IntConsumer job) {
    Pass next = new Pass(job, pieces);
    pass = next;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    next.help();
    next.await();
    pass = null;
  }

  private void help() {
    long since = System.nanoTime();
    while (!closed) {
      Pass current = pass;
      if (current != null) {
        current.help();
        since = System.nanoTime();
      } else if (System.nanoTime() - since < PATIENCE_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        since = System.nanoTime();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  /** One pass: whoever is free takes the next piece. */
  private static final class Pass {
    private final IntConsumer job;
    private final int pieces;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    Pass(IntConsumer job, int pieces) {
      this.job = job;
      this.pieces = pieces;
    }

    void help() {
      for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
        job.accept(piece);
        done.incrementAndGet();
      }
    }

    void await() {
      while (done.get() < pieces) {
        Thread.onSpinWait();
      }
    }
  }
}
