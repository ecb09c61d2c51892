package dev.alig.experiments.images;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Prepares the next batches on its own threads while the model trains on the current one. */
final class Prefetch implements AutoCloseable {
  private static final int AHEAD = 3;

  /** Of batches that are larger than this, one is prepared ahead. */
  private static final long LARGE = 64L << 20;

  /** How many images a thread reads at a time. */
  private static final int CHUNK = 16;

  /** A batch, and the work on it. */
  private record Reading(Batch batch, List<Future<?>> parts) {}

  private final Batches batches;
  private final int ahead;
  private final Deque<Reading> queue = new ArrayDeque<>();
  private final ExecutorService threads;

  /** The index of the first batch in the queue. */
  private long first;

  /**
   * Prepares batches.
   *
   * @param count the number of threads; the batches do not depend on it
   */
  Prefetch(Batches batches, int count) {
    this.batches = batches;
    this.ahead = batches.bytes() > LARGE ? 1 : AHEAD;
    this.threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread created = new Thread(task, "batches");
              created.setDaemon(true);
              return created;
            });
  }

  /**
   * The batch with an index. Consecutive indices are the fastest.
   *
   * @throws UncheckedIOException if an image could not be read
   * @throws IllegalStateException if the batch could not be made, or the thread was interrupted
   */
  Batch get(long index) {
    if (index != first) {
      queue.forEach(reading -> reading.parts.forEach(part -> part.cancel(false)));
      queue.clear();
      first = index;
    }
    while (queue.size() <= ahead) {
      queue.add(begin(first + queue.size()));
    }
    first++;
    Reading reading = queue.remove();
    try {
      for (Future<?> part : reading.parts) {
        part.get();
      }
      return reading.batch;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("batch %d cannot be made".formatted(index), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for batch " + index, e);
    }
  }

  private Reading begin(long index) {
    Batches.Pending pending = batches.begin(index);
    List<Future<?>> parts = new ArrayList<>();
    for (int from = 0; from < pending.size(); from += CHUNK) {
      int start = from;
      int end = Math.min(from + CHUNK, pending.size());
      parts.add(
          threads.submit(
              () -> {
                for (int image = start; image < end; image++) {
                  pending.read(image);
                }
              }));
    }
    return new Reading(pending.batch(), parts);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
