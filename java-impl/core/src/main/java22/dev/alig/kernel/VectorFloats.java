package dev.alig.kernel;

import static jdk.incubator.vector.VectorOperators.F2D;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@code float} elements in memory, a processor's vector at a time. */
final class VectorFloats implements MemoryKernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  /** Sums are in double, at most 512 bits wide: four of them must fit into a row of lanes. */
  private static final VectorSpecies<Double> SUMS =
      VectorSpecies.of(
          double.class,
          VectorShape.forBitSize(Math.min(512, DoubleVector.SPECIES_PREFERRED.vectorBitSize())));

  /** As many floats as there are doubles in a vector of sums. */
  private static final VectorSpecies<Float> NARROW =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SUMS.vectorBitSize() / 2));

  private static final int SUMS_WIDTH = SUMS.length();
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /** Elements moved before their squares are added: they must still be in the first-level cache. */
  private static final int STRETCH = 4 * PART;

  private final FloatSquares squares = new FloatSquares();

  @Override
  public int bytes() {
    return Float.BYTES;
  }

  @Override
  public void addSquares(long address, int length) {
    MemorySegment x = Memory.at(address, (long) length * Float.BYTES);
    int whole = length - length % FloatSquares.LANES;
    for (int lane = 0; lane < FloatSquares.LANES; lane += 4 * SUMS_WIDTH) {
      addRows(x, whole, lane);
    }
    for (int i = whole; i < length; i++) {
      squares.addOne(i - whole, get(x, i));
    }
  }

  /** Four vectors of lanes, of every row: their additions hide each other's latency. */
  private void addRows(MemorySegment x, int end, int lane) {
    double[] lanes = squares.lanes();
    DoubleVector a = DoubleVector.fromArray(SUMS, lanes, lane);
    DoubleVector b = DoubleVector.fromArray(SUMS, lanes, lane + SUMS_WIDTH);
    DoubleVector c = DoubleVector.fromArray(SUMS, lanes, lane + 2 * SUMS_WIDTH);
    DoubleVector d = DoubleVector.fromArray(SUMS, lanes, lane + 3 * SUMS_WIDTH);
    for (int i = lane; i < end; i += FloatSquares.LANES) {
      DoubleVector xa = widened(x, i);
      DoubleVector xb = widened(x, i + SUMS_WIDTH);
      DoubleVector xc = widened(x, i + 2 * SUMS_WIDTH);
      DoubleVector xd = widened(x, i + 3 * SUMS_WIDTH);
      a = xa.fma(xa, a);
      b = xb.fma(xb, b);
      c = xc.fma(xc, c);
      d = xd.fma(xd, d);
    }
    a.intoArray(lanes, lane);
    b.intoArray(lanes, lane + SUMS_WIDTH);
    c.intoArray(lanes, lane + 2 * SUMS_WIDTH);
    d.intoArray(lanes, lane + 3 * SUMS_WIDTH);
  }

  private static DoubleVector widened(MemorySegment x, int index) {
    FloatVector narrow =
        FloatVector.fromMemorySegment(NARROW, x, (long) index * Float.BYTES, Memory.ORDER);
    return (DoubleVector) narrow.convertShape(F2D, SUMS, 0);
  }

  @Override
  public void takeSquares(double[] sums, double[] lost, int at) {
    sums[at] = squares.sum();
    lost[at] = 0;
    squares.clear();
  }

  @Override
  public boolean allFinite(long address, int length) {
    MemorySegment x = Memory.at(address, (long) length * Float.BYTES);
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(get(x, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void plain(long p, long g, int length, double stepSize, boolean measure) {
    for (int from = 0; from < length; from += STRETCH) {
      int part = Math.min(STRETCH, length - from);
      long offset = (long) from * Float.BYTES;
      plain(p + offset, g + offset, part, stepSize);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void plain(long pAddress, long gAddress, int length, double stepSize) {
    MemorySegment p = Memory.at(pAddress, (long) length * Float.BYTES);
    MemorySegment g = Memory.at(gAddress, (long) length * Float.BYTES);
    float descent = (float) -stepSize;
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(g, i).fma(FloatVector.broadcast(FLOATS, descent), load(p, i)), p, i);
    }
    for (int i = whole; i < length; i++) {
      set(p, i, Math.fma(get(g, i), descent, get(p, i)));
    }
  }

  @Override
  public void standard(
      long p, long v, long g, int length, double stepSize, double momentum, boolean measure) {
    for (int from = 0; from < length; from += STRETCH) {
      int part = Math.min(STRETCH, length - from);
      long offset = (long) from * Float.BYTES;
      standard(p + offset, v + offset, g + offset, part, stepSize, momentum);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void standard(
      long pAddress, long vAddress, long gAddress, int length, double stepSize, double momentum) {
    MemorySegment p = Memory.at(pAddress, (long) length * Float.BYTES);
    MemorySegment v = Memory.at(vAddress, (long) length * Float.BYTES);
    MemorySegment g = Memory.at(gAddress, (long) length * Float.BYTES);
    float descent = (float) -stepSize;
    float mu = (float) momentum;
    FloatVector descents = FloatVector.broadcast(FLOATS, descent);
    FloatVector mus = FloatVector.broadcast(FLOATS, mu);
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector gi = load(g, i);
      FloatVector vi = gi.fma(descents, mus.mul(load(v, i)));
      store(vi, v, i);
      store(vi.fma(mus, gi.fma(descents, load(p, i))), p, i);
    }
    for (int i = whole; i < length; i++) {
      float gi = get(g, i);
      float vi = Math.fma(gi, descent, mu * get(v, i));
      set(v, i, vi);
      set(p, i, Math.fma(vi, mu, Math.fma(gi, descent, get(p, i))));
    }
  }

  @Override
  public void adjusted(
      long p, long v, long g, int length, double stepSize, double momentum, boolean measure) {
    for (int from = 0; from < length; from += STRETCH) {
      int part = Math.min(STRETCH, length - from);
      long offset = (long) from * Float.BYTES;
      adjusted(p + offset, v + offset, g + offset, part, stepSize, momentum);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void adjusted(
      long pAddress, long vAddress, long gAddress, int length, double stepSize, double momentum) {
    MemorySegment p = Memory.at(pAddress, (long) length * Float.BYTES);
    MemorySegment v = Memory.at(vAddress, (long) length * Float.BYTES);
    MemorySegment g = Memory.at(gAddress, (long) length * Float.BYTES);
    float descent = (float) -stepSize;
    float mu = (float) momentum;
    float push = (float) (stepSize * momentum);
    FloatVector descents = FloatVector.broadcast(FLOATS, descent);
    FloatVector mus = FloatVector.broadcast(FLOATS, mu);
    FloatVector pushes = FloatVector.broadcast(FLOATS, push);
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector gi = load(g, i);
      FloatVector vi = mus.mul(load(v, i)).sub(gi);
      store(vi, v, i);
      store(vi.fma(pushes, gi.fma(descents, load(p, i))), p, i);
    }
    for (int i = whole; i < length; i++) {
      float gi = get(g, i);
      float vi = mu * get(v, i) - gi;
      set(v, i, vi);
      set(p, i, Math.fma(vi, push, Math.fma(gi, descent, get(p, i))));
    }
  }

  @Override
  public void scale(long xAddress, int length, double factor) {
    MemorySegment x = Memory.at(xAddress, (long) length * Float.BYTES);
    float f = (float) factor;
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(x, i).mul(f), x, i);
    }
    for (int i = whole; i < length; i++) {
      set(x, i, get(x, i) * f);
    }
  }

  private static FloatVector load(MemorySegment x, int index) {
    return FloatVector.fromMemorySegment(FLOATS, x, (long) index * Float.BYTES, Memory.ORDER);
  }

  private static void store(FloatVector values, MemorySegment x, int index) {
    values.intoMemorySegment(x, (long) index * Float.BYTES, Memory.ORDER);
  }

  private static float get(MemorySegment x, int index) {
    return x.get(FLOAT, (long) index * Float.BYTES);
  }

  private static void set(MemorySegment x, int index, float value) {
    x.set(FLOAT, (long) index * Float.BYTES, value);
  }
}
