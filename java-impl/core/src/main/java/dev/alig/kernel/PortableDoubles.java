package dev.alig.kernel;

/**
 * {@code double} elements in off-heap memory; parts of it are copied to the heap and back.
 *
 * <p>HotSpot vectorizes only loops over Java arrays. Two copies within the first-level cache cost
 * less than a loop over the memory itself.
 */
final class PortableDoubles implements MemoryKernel {
  /**
   * Elements per copy, a multiple of the lanes. Three such arrays have 6 KiB on the heap and 6 KiB
   * in memory, which fits into the smallest first-level caches.
   */
  private static final int COPY = 256;

  private final DoubleKernel kernel = new DoubleKernel();
  private final DoubleSquares squares = new DoubleSquares();
  private final double[] heapP = new double[COPY];
  private final double[] heapV = new double[COPY];
  private final double[] heapG = new double[COPY];

  @Override
  public int bytes() {
    return Double.BYTES;
  }

  @Override
  public void addSquares(long x, int length) {
    for (int done = 0; done < length; done += COPY) {
      int part = Math.min(COPY, length - done);
      Transfer.in(x + offset(done), heapG, part);
      squares.add(heapG, 0, part);
    }
  }

  @Override
  public boolean takeSquares(double[] sums, double[] lost, int at) {
    squares.fold();
    sums[at] = squares.sums()[0];
    lost[at] = squares.lost()[0];
    squares.clear();
    return true;
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

  private static void descend(double[] p, double[] g, int length, double stepSize) {
    double descent = -stepSize;
    for (int i = 0; i < length; i++) {
      p[i] = Math.fma(g[i], descent, p[i]);
    }
  }

  private static void move(double[] p, double[] v, double[] g, int length, Factors f) {
    double descent = f.descent();
    double decay = f.decay();
    double pull = f.pull();
    double push = f.push();
    for (int i = 0; i < length; i++) {
      double gi = g[i];
      double vi = Math.fma(gi, pull, decay * v[i]);
      v[i] = vi;
      p[i] = Math.fma(vi, push, Math.fma(gi, descent, p[i]));
    }
  }

  private void measure(int length, boolean measure) {
    if (measure) {
      squares.add(heapP, 0, length);
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
    return (long) elements * Double.BYTES;
  }

  private static Slice<double[]> run(double[] array, int length) {
    return new Slice<>(array, 0, length);
  }
}
