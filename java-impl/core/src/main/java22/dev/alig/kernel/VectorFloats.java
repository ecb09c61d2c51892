package dev.alig.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code float} elements in off-heap memory, one vector register at a time.
 *
 * <p>Helper methods are tiny so that HotSpot inlines them. A vector passed to a call that is not
 * inlined becomes an object on the heap.
 */
final class VectorFloats implements MemoryKernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  /** Elements moved before their squares are added; few enough to stay in the first-level cache. */
  private static final int STRETCH = 4 * FloatSquares.LANES;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final FloatSquares squares = new FloatSquares();
  private final WideSquares wide = new WideSquares();

  @Override
  public int bytes() {
    return Float.BYTES;
  }

  @Override
  public void addSquares(long address, int length) {
    int from = 0;
    for (; from + STRETCH <= length; from += STRETCH) {
      addFourRows(address + (long) from * Float.BYTES);
    }
    for (; from < length; from += FloatSquares.LANES) {
      addRow(address + (long) from * Float.BYTES, Math.min(FloatSquares.LANES, length - from));
    }
  }

  private void addFourRows(long x) {
    float[] lanes = squares.lanes();
    for (int i = 0; i < FloatSquares.LANES; i += WIDTH) {
      FloatVector a = load(x, i);
      FloatVector b = load(x, i + FloatSquares.LANES);
      FloatVector c = load(x, i + 2 * FloatSquares.LANES);
      FloatVector d = load(x, i + 3 * FloatSquares.LANES);
      FloatVector sum = a.fma(a, FloatVector.fromArray(FLOATS, lanes, i));
      d.fma(d, c.fma(c, b.fma(b, sum))).intoArray(lanes, i);
    }
  }

  private void addRow(long address, int length) {
    float[] lanes = squares.lanes();
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector x = load(address, i);
      x.fma(x, FloatVector.fromArray(FLOATS, lanes, i)).intoArray(lanes, i);
    }
    MemorySegment x = segment(address, length);
    for (int i = whole; i < length; i++) {
      squares.addOne(i, get(x, i));
    }
  }

  /**
   * Loads from the segment of all memory, because the bounds checks of a smaller segment take a
   * fourth of the time of these short loops.
   */
  private static FloatVector load(long address, int index) {
    return FloatVector.fromMemorySegment(
        FLOATS, Memory.ALL, address + (long) index * Float.BYTES, Memory.ORDER);
  }

  @Override
  public boolean takeSquares(double[] sums, double[] lost, int at) {
    addHalves(squares.lanes());
    sums[at] = squares.takeLast();
    lost[at] = 0;
    return FloatSquares.holds(sums[at]);
  }

  /** As {@link FloatSquares#take} does it; HotSpot vectorizes that loop less well. */
  private static void addHalves(float[] lanes) {
    for (int half = FloatSquares.LANES / 2; half >= FloatSquares.LAST; half /= 2) {
      for (int i = 0; i < half; i += WIDTH) {
        FloatVector upper = FloatVector.fromArray(FLOATS, lanes, i + half);
        FloatVector.fromArray(FLOATS, lanes, i).add(upper).intoArray(lanes, i);
      }
    }
  }

  @Override
  public void wideSquares(long x, int length, double[] sums, double[] lost, int at) {
    sums[at] = wide.of(x, length);
    lost[at] = 0;
  }

  @Override
  public boolean allFinite(long address, int length) {
    MemorySegment x = segment(address, length);
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(get(x, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void plain(long parameters, long gradients, int length, double stepSize, boolean measure) {
    MemorySegment p = segment(parameters, length);
    MemorySegment g = segment(gradients, length);
    float descent = (float) -stepSize;
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(g, i).fma(FloatVector.broadcast(FLOATS, descent), load(p, i)), p, i);
    }
    for (int i = whole; i < length; i++) {
      set(p, i, Math.fma(get(g, i), descent, get(p, i)));
    }
    if (measure) {
      addSquares(parameters, length);
    }
  }

  @Override
  public void momentum(long p, long v, long g, int length, Factors f, boolean measure) {
    for (int from = 0; from < length; from += STRETCH) {
      int part = Math.min(STRETCH, length - from);
      long offset = (long) from * Float.BYTES;
      move(
          segment(p + offset, part), segment(v + offset, part), segment(g + offset, part), part, f);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void moveOne(
      MemorySegment p, MemorySegment v, MemorySegment g, int index, Factors f) {
    float gi = get(g, index);
    float vi = Math.fma(gi, (float) f.pull(), (float) f.decay() * get(v, index));
    set(v, index, vi);
    float descended = Math.fma(gi, (float) f.descent(), get(p, index));
    set(p, index, Math.fma(vi, (float) f.push(), descended));
  }

  private static void move(
      MemorySegment p, MemorySegment v, MemorySegment g, int length, Factors f) {
    FloatVector descent = FloatVector.broadcast(FLOATS, (float) f.descent());
    FloatVector decay = FloatVector.broadcast(FLOATS, (float) f.decay());
    FloatVector pull = FloatVector.broadcast(FLOATS, (float) f.pull());
    FloatVector push = FloatVector.broadcast(FLOATS, (float) f.push());
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector gi = load(g, i);
      FloatVector vi = gi.fma(pull, decay.mul(load(v, i)));
      store(vi, v, i);
      store(vi.fma(push, gi.fma(descent, load(p, i))), p, i);
    }
    for (int i = whole; i < length; i++) {
      moveOne(p, v, g, i, f);
    }
  }

  @Override
  public void scale(long address, int length, double factor) {
    MemorySegment x = segment(address, length);
    float f = (float) factor;
    int whole = FLOATS.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(x, i).mul(f), x, i);
    }
    for (int i = whole; i < length; i++) {
      set(x, i, get(x, i) * f);
    }
  }

  private static MemorySegment segment(long address, int length) {
    return Memory.at(address, (long) length * Float.BYTES);
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
