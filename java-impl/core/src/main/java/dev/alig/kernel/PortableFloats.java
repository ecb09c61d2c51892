package dev.alig.kernel;

/**
 * {@code float} elements in off-heap memory; parts of it are copied to the heap and back.
 *
 * <p>HotSpot vectorizes only loops over Java arrays. Two copies within the first-level cache cost
 * less than a loop over the memory itself.
 */
final class PortableFloats implements MemoryKernel {
  /**
   * Elements per copy, which is a row of {@link FloatSquares}. Three such arrays have 6 KiB on the
   * heap and 6 KiB in memory, which fits into the smallest first-level caches.
   */
  private static final int COPY = FloatSquares.LANES;

  private final FloatKernel kernel = new FloatKernel();
  private final FloatSquares squares = new FloatSquares();
  private final WideSquares wide = new WideSquares();
  private final float[] heapP = new float[COPY];
  private final float[] heapV = new float[COPY];
  private final float[] heapG = new float[COPY];

  @Override
  public int bytes() {
    return Float.BYTES;
  }

  @Override
  public void addSquares(long x, int length) {
    for (int done = 0; done < length; done += COPY) {
      int part = Math.min(COPY, length - done);
      Transfer.in(x + offset(done), heapG, part);
      squares.add(heapG, part);
    }
  }

  @Override
  public boolean takeSquares(double[] sums, double[] lost, int at) {
    sums[at] = squares.take();
    lost[at] = 0;
    return FloatSquares.holds(sums[at]);
  }

  @Override
  public void wideSquares(long x, int length, double[] sums, double[] lost, int at) {
    sums[at] = wide.of(x, length);
    lost[at] = 0;
  }

  @Override
  public boolean allFinite(long x, int length) {
    for (int done = 0; done < length; done += COPY) {
      int part = Math.min(COPY, length - done);
      Transfer.in(x + offset(done), heapG, part);
      if (!kernel.allFinite(run(heapG, part))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void plain(long p, long g, int length, double stepSize, boolean measure) {
    for (int done = 0; done < length; done += COPY) {
      int part = Math.min(COPY, length - done);
      long offset = offset(done);
      Transfer.in(p + offset, heapP, part);
      Transfer.in(g + offset, heapG, part);
      descend(heapP, heapG, part, stepSize);
      measure(part, measure);
      Transfer.out(heapP, p + offset, part);
    }
  }

  @Override
  public void momentum(long p, long v, long g, int length, Factors factors, boolean measure) {
    for (int done = 0; done < length; done += COPY) {
      int part = Math.min(COPY, length - done);
      long offset = offset(done);
      fetch(p + offset, v + offset, g + offset, part);
      move(heapP, heapV, heapG, part, factors);
      measure(part, measure);
      store(p + offset, v + offset, part);
    }
  }

  @Override
  public void scale(long x, int length, double factor) {
    for (int done = 0; done < length; done += COPY) {
      int part = Math.min(COPY, length - done);
      Transfer.in(x + offset(done), heapP, part);
      kernel.scale(run(heapP, part), factor);
      Transfer.out(heapP, x + offset(done), part);
    }
  }

  // These loops are static and use one index for all arrays, because HotSpot always vectorizes such
  // loops.

  private static void descend(float[] p, float[] g, int length, double stepSize) {
    float descent = (float) -stepSize;
    for (int i = 0; i < length; i++) {
      p[i] = Math.fma(g[i], descent, p[i]);
    }
  }

  private static void move(float[] p, float[] v, float[] g, int length, Factors f) {
    float descent = (float) f.descent();
    float decay = (float) f.decay();
    float pull = (float) f.pull();
    float push = (float) f.push();
    for (int i = 0; i < length; i++) {
      float gi = g[i];
      float vi = Math.fma(gi, pull, decay * v[i]);
      v[i] = vi;
      p[i] = Math.fma(vi, push, Math.fma(gi, descent, p[i]));
    }
  }

  private void measure(int length, boolean measure) {
    if (measure) {
      squares.add(heapP, length);
    }
  }

  private void fetch(long p, long v, long g, int length) {
    Transfer.in(g, heapG, length);
    Transfer.in(v, heapV, length);
    Transfer.in(p, heapP, length);
  }

  private void store(long p, long v, int length) {
    Transfer.out(heapV, v, length);
    Transfer.out(heapP, p, length);
  }

  private static long offset(int elements) {
    return (long) elements * Float.BYTES;
  }

  private static Slice<float[]> run(float[] array, int length) {
    return new Slice<>(array, 0, length);
  }
}
