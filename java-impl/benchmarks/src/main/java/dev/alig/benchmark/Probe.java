package dev.alig.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The memory by itself: the {@link Traffic} of a step.
 *
 * <p>As many threads as our kernels have move a part each, and none waits for another.
 */
final class Probe implements Stepper {
  /** From as many bytes of parameters on our kernels use several threads. */
  private static final int PARALLEL_FROM = 1 << 18;

  /** The bytes of the widest vector, which parts are multiples of. */
  private static final int ROUND = 64;

  private final List<Part> parts = new ArrayList<>();
  private final ExecutorService threads;

  /**
   * Memory of a setting's size.
   *
   * @param readsOnly whether it only reads the gradients
   */
  Probe(Setting setting, boolean readsOnly) {
    int count = setting.bytes() < PARALLEL_FROM ? 1 : Worker.threads();
    long words = (setting.bytes() / count + ROUND - 1) / ROUND * ROUND / Long.BYTES;
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      parts.add(new Part(Traffic.fastest(), (int) words, readsOnly, 0));
    }
  }

  /** A step takes as long as the threads' steps do on average. */
  @Override
  public Slice run(double seconds) {
    List<CompletableFuture<Slice>> slices = new ArrayList<>();
    for (Part part : parts) {
      slices.add(CompletableFuture.supplyAsync(() -> part.run(seconds), threads));
    }
    long steps = slices.stream().mapToLong(slice -> slice.join().steps()).sum();
    double passed = slices.stream().mapToDouble(slice -> slice.join().seconds()).sum();
    return new Slice(steps, passed);
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  /** What one thread moves. */
  static final class Part extends InJvm {
    final long[] p;
    final long[] v;
    final long[] g;
    private final Traffic traffic;
    private final boolean readsOnly;
    private final long mask;

    /** Kept, or HotSpot would leave the reading out. */
    long read;

    Part(Traffic traffic, int words, boolean readsOnly, long mask) {
      p = new long[words];
      v = new long[words];
      g = new long[words];
      this.traffic = traffic;
      this.readsOnly = readsOnly;
      this.mask = mask;
    }

    @Override
    void step() {
      read |= traffic.read(g);
      if (!readsOnly) {
        traffic.move(p, v, g, mask);
      }
    }
  }
}
