package dev.alig.kernel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of a {@link ThreadPool}. */
final class Helper extends Thread {
  /** How long a helper spins before it sleeps: somewhat longer than a thread takes to wake. */
  private static final long PATIENCE_NANOS = 100_000;

  private final int worker;
  private final AtomicReference<@Nullable Task> call = new AtomicReference<>();
  private volatile boolean asleep;

  Helper(int worker) {
    super("alig-" + worker);
    this.worker = worker;
    setDaemon(true);
    setContextClassLoader(null);
  }

  /** Asks for help with a task. */
  void call(Task task) {
    call.set(task);
    if (asleep) {
      LockSupport.unpark(this);
    }
  }

  /** Withdraws the call if the helper has not taken the task yet. */
  void recall(Task task) {
    call.compareAndSet(task, null);
  }

  @Override
  public void run() {
    long since = System.nanoTime();
    while (true) {
      Task task = call.getAndSet(null);
      if (task != null) {
        task.help(worker);
        since = System.nanoTime();
      } else if (System.nanoTime() - since < PATIENCE_NANOS) {
        Thread.onSpinWait();
      } else {
        sleep();
        since = System.nanoTime();
      }
    }
  }

  /** Sleeps until a call; it may also wake without one. */
  private void sleep() {
    asleep = true;
    if (call.get() == null) {
      LockSupport.park(this);
    }
    asleep = false;
  }
}
