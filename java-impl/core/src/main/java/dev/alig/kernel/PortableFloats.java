package dev.alig.kernel;

/**
 * {@code float} elements in memory, through parts copied to the heap.
 *
 * <p>HotSpot vectorizes loops over Java arrays only; two copies within the first-level cache cost
 * less than a loop over the memory itself.
 */
final class PortableFloats implements MemoryKernel {
  /**
   * Elements a part: three arrays have 6 KiB on the heap and as much in memory, which the smallest
   * first-level caches hold. A multiple of {@link FloatSquares#LANES}.
   */
  private static final int PART = 512;

  private final FloatKernel kernel = new FloatKernel();
  private final FloatSquares squares = new FloatSquares();
  private final float[] heapP = new float[PART];
  private final float[] heapV = new float[PART];
  private final float[] heapG = new float[PART];

  @Override
  public int bytes() {
    return Float.BYTES;
  }

  @Override
  public void squares(long x, int length, double[] sums, double[] lost, int at) {
    sums[at] = sumOfSquares(x, length);
    lost[at] = 0;
  }

  @Override
  public boolean allFinite(long x, int length) {
    return Double.isFinite(sumOfSquares(x, length));
  }

  private double sumOfSquares(long x, int length) {
    squares.clear();
    for (int done = 0; done < length; done += PART) {
      int part = Math.min(PART, length - done);
      Transfer.in(x + offset(done), heapG, part);
      squares.add(heapG, 0, part);
    }
    return squares.sum();
  }

  @Override
  public void plain(long p, long g, int length, double stepSize) {
    for (int done = 0; done < length; done += PART) {
      int part = Math.min(PART, length - done);
      long offset = offset(done);
      Transfer.in(p + offset, heapP, part);
      Transfer.in(g + offset, heapG, part);
      kernel.plain(run(heapP, part), run(heapG, part), stepSize);
      Transfer.out(heapP, p + offset, part);
    }
  }

  @Override
  public void standard(long p, long v, long g, int length, double stepSize, double momentum) {
    for (int done = 0; done < length; done += PART) {
      int part = Math.min(PART, length - done);
      long offset = offset(done);
      fetch(p + offset, v + offset, g + offset, part);
      kernel.standard(run(heapP, part), run(heapV, part), run(heapG, part), stepSize, momentum);
      store(p + offset, v + offset, part);
    }
  }

  @Override
  public void adjusted(long p, long v, long g, int length, double stepSize, double momentum) {
    for (int done = 0; done < length; done += PART) {
      int part = Math.min(PART, length - done);
      long offset = offset(done);
      fetch(p + offset, v + offset, g + offset, part);
      kernel.adjusted(run(heapP, part), run(heapV, part), run(heapG, part), stepSize, momentum);
      store(p + offset, v + offset, part);
    }
  }

  @Override
  public void scale(long x, int length, double factor) {
    for (int done = 0; done < length; done += PART) {
      int part = Math.min(PART, length - done);
      Transfer.in(x + offset(done), heapP, part);
      kernel.scale(run(heapP, part), factor);
      Transfer.out(heapP, x + offset(done), part);
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
