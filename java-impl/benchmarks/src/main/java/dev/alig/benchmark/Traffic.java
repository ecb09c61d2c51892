package dev.alig.benchmark;

/**
 * The memory traffic of a fused step, without its arithmetic: it reads g; then it reads p, v and g
 * and writes p and v. One for each thread.
 *
 * <p>What is written is what was read, exclusive-or'd with {@code g & mask}. The mask is 0, but
 * HotSpot does not know that, or it would leave the writes out; with another, a test sees what was
 * written.
 */
interface Traffic {
  /** Reads g; the answer depends on it, or HotSpot would leave the reading out. */
  long read(long[] g);

  /** Reads p, v and g, writes p and v. */
  void move(long[] p, long[] v, long[] g, long mask);

  /** The fastest that there is in this JVM; the Vector API if there is one. */
  static Traffic fastest() {
    try {
      if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
        Class<?> vectors = Class.forName("dev.alig.benchmark.VectorTraffic");
        return (Traffic) vectors.getDeclaredConstructor().newInstance();
      }
    } catch (ReflectiveOperationException e) {
      // A JDK before 22, or a jar that was built on one.
    }
    return new Loops();
  }

  /**
   * For any JDK. HotSpot vectorizes the loop that moves; it reads fastest by a copy into a block
   * that stays in the cache, for it does not vectorize a loop that only reads.
   */
  final class Loops implements Traffic {
    private final long[] block = new long[2048];

    @Override
    public long read(long[] g) {
      for (int i = 0; i < g.length; i += block.length) {
        System.arraycopy(g, i, block, 0, Math.min(block.length, g.length - i));
      }
      return block[0];
    }

    @Override
    public void move(long[] p, long[] v, long[] g, long mask) {
      for (int i = 0; i < g.length; i++) {
        long nothing = g[i] & mask;
        p[i] ^= nothing;
        v[i] ^= nothing;
      }
    }
  }
}
