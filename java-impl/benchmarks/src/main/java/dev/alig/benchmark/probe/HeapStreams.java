package dev.alig.benchmark.probe;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Java arrays, for any JDK.
 *
 * <p>Plain loops over arrays are what HotSpot vectorizes, and reading is fastest as a copy into a
 * block that stays in the cache. Copies between off-heap memory and such blocks, which our portable
 * kernels make, move two more words an element through the cache and were slower in every size.
 */
final class HeapStreams implements Streams {
  private static final int BLOCK = 4096;

  private final int[] p;
  private final int[] v;
  private final int[] g;
  private final int mask;
  private final AtomicLong read = new AtomicLong();
  private final ThreadLocal<int[]> blocks = ThreadLocal.withInitial(() -> new int[BLOCK]);

  HeapStreams(long bytes, long mask) {
    this.mask = (int) mask;
    int words = Math.toIntExact((bytes + Integer.BYTES - 1) / Integer.BYTES);
    p = new int[words];
    v = new int[words];
    g = new int[words];
  }

  @Override
  public String description() {
    return "loops over Java arrays";
  }

  @Override
  public void readGradients(long from, long to) {
    int[] block = blocks.get();
    int end = end(to);
    for (int i = word(from); i < end; i += BLOCK) {
      System.arraycopy(g, i, block, 0, Math.min(BLOCK, end - i));
    }
    read.addAndGet(block[0]);
  }

  @Override
  public void move(long from, long to) {
    move(p, v, g, word(from), end(to), mask);
  }

  private static void move(int[] p, int[] v, int[] g, int from, int to, int mask) {
    for (int i = from; i < to; i++) {
      int nothing = g[i] & mask;
      p[i] ^= nothing;
      v[i] ^= nothing;
    }
  }

  @Override
  public void moveWithoutMomentum(long from, long to) {
    move(p, g, word(from), end(to), mask);
  }

  private static void move(int[] p, int[] g, int from, int to, int mask) {
    for (int i = from; i < to; i++) {
      p[i] ^= g[i] & mask;
    }
  }

  @Override
  public void setGradients() {
    Arrays.fill(g, -1);
  }

  @Override
  public long bitsOfParameters() {
    return Arrays.stream(p).mapToLong(Integer::bitCount).sum();
  }

  @Override
  public long bitsOfMomenta() {
    return Arrays.stream(v).mapToLong(Integer::bitCount).sum();
  }

  private static int word(long bytes) {
    return (int) (bytes / Integer.BYTES);
  }

  private int end(long bytes) {
    return Math.min(p.length, word(bytes + Integer.BYTES - 1));
  }
}
