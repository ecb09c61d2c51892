package dev.alig.experiments.images;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Prepares the next batches on its own thread while the model trains on the current one. */
final class Prefetch implements AutoCloseable {
  private static final int AHEAD = 3;

  private final Batches batches;
  private final Deque<Future<Batch>> queue = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "batches");
            created.setDaemon(true);
            return created;
          });

  /** The index of the first batch in the queue. */
  private long first;

  Prefetch(Batches batches) {
    this.batches = batches;
  }

  /**
   * The batch with an index. Consecutive indices are the fastest.
   *
   * @throws IllegalStateException if the batch could not be made, or the thread was interrupted
   */
  Batch get(long index) {
    if (index != first) {
      queue.forEach(future -> future.cancel(false));
      queue.clear();
      first = index;
    }
    while (queue.size() <= AHEAD) {
      long next = first + queue.size();
      queue.add(thread.submit(() -> batches.get(next)));
    }
    first++;
    try {
      return queue.remove().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("batch %d cannot be made".formatted(index), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for batch " + index, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
