package dev.alig.kernel;

import static jdk.incubator.vector.VectorOperators.F2D;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code float} elements in off-heap memory, one vector register at a time.
 *
 * <p>A round takes two vectors of elements and adds their squares to four vectors of lanes, which
 * is enough to hide the latency of additions. If four vectors do not fill a row of lanes, several
 * passes over the rows do.
 *
 * <p>Helper methods are tiny so that HotSpot inlines them. A vector passed to a call that is not
 * inlined becomes an object on the heap.
 */
final class VectorFloats implements MemoryKernel {
  /** The widest vectors, in bits, of which two fit into a row of lanes. */
  private static final int WIDEST = FloatSquares.LANES / 2 * Float.SIZE;

  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(WIDEST, FloatVector.SPECIES_PREFERRED.vectorBitSize()));
  private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  private static final VectorSpecies<Double> SUMS = VectorSpecies.of(double.class, SHAPE);
  private static final VectorSpecies<Float> NARROW =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SHAPE.vectorBitSize() / 2));
  private static final int WIDTH = FLOATS.length();
  private static final int HALF = SUMS.length();

  /** Elements whose squares fill four vectors of lanes. */
  private static final int ROUND = 2 * WIDTH;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final FloatSquares squares = new FloatSquares();

  @Override
  public int bytes() {
    return Float.BYTES;
  }

  @Override
  public void addSquares(long address, int length) {
    int whole = length - length % FloatSquares.LANES;
    for (int lane = 0; lane < FloatSquares.LANES; lane += ROUND) {
      addRows(address, whole, lane);
    }
    MemorySegment x = segment(address, length);
    for (int i = whole; i < length; i++) {
      squares.addOne(i - whole, get(x, i));
    }
  }

  private void addRows(long x, int end, int lane) {
    double[] lanes = squares.lanes();
    DoubleVector a = DoubleVector.fromArray(SUMS, lanes, lane);
    DoubleVector b = DoubleVector.fromArray(SUMS, lanes, lane + HALF);
    DoubleVector c = DoubleVector.fromArray(SUMS, lanes, lane + 2 * HALF);
    DoubleVector d = DoubleVector.fromArray(SUMS, lanes, lane + 3 * HALF);
    for (int i = lane; i < end; i += FloatSquares.LANES) {
      DoubleVector xa = widened(x, i);
      DoubleVector xb = widened(x, i + HALF);
      DoubleVector xc = widened(x, i + 2 * HALF);
      DoubleVector xd = widened(x, i + 3 * HALF);
      a = xa.fma(xa, a);
      b = xb.fma(xb, b);
      c = xc.fma(xc, c);
      d = xd.fma(xd, d);
    }
    a.intoArray(lanes, lane);
    b.intoArray(lanes, lane + HALF);
    c.intoArray(lanes, lane + 2 * HALF);
    d.intoArray(lanes, lane + 3 * HALF);
  }

  /**
   * Loads as many elements as fit into a vector of sums. It reads from the segment of all memory,
   * because the bounds checks of a smaller segment take a fourth of the time of this short loop.
   */
  private static DoubleVector widened(long address, int index) {
    FloatVector narrow =
        FloatVector.fromMemorySegment(
            NARROW, Memory.ALL, address + (long) index * Float.BYTES, Memory.ORDER);
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
  public void momentum(
      long parameters, long momenta, long gradients, int length, Factors f, boolean measure) {
    MemorySegment p = segment(parameters, length);
    MemorySegment v = segment(momenta, length);
    MemorySegment g = segment(gradients, length);
    if (measure && ROUND == FloatSquares.LANES) {
      moveAndAddSquares(p, v, g, length, f);
    } else {
      int whole = FLOATS.loopBound(length);
      move(p, v, g, whole, f);
      for (int i = whole; i < length; i++) {
        moveOne(p, v, g, i, f);
      }
      if (measure) {
        addSquares(parameters, length);
      }
    }
  }

  private void moveAndAddSquares(
      MemorySegment p, MemorySegment v, MemorySegment g, int length, Factors f) {
    int whole = length - length % FloatSquares.LANES;
    moveAndAddRows(p, v, g, whole, f);
    for (int i = whole; i < length; i++) {
      moveOne(p, v, g, i, f);
      squares.addOne(i - whole, get(p, i));
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

  private static void move(MemorySegment p, MemorySegment v, MemorySegment g, int end, Factors f) {
    FloatVector descent = FloatVector.broadcast(FLOATS, (float) f.descent());
    FloatVector decay = FloatVector.broadcast(FLOATS, (float) f.decay());
    FloatVector pull = FloatVector.broadcast(FLOATS, (float) f.pull());
    FloatVector push = FloatVector.broadcast(FLOATS, (float) f.push());
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector gi = load(g, i);
      FloatVector vi = gi.fma(pull, decay.mul(load(v, i)));
      store(vi, v, i);
      store(vi.fma(push, gi.fma(descent, load(p, i))), p, i);
    }
  }

  /**
   * Moves elements and adds their squares in one loop, so that the sums are computed while the next
   * elements are loaded. It is for vectors of which two fill a row of lanes. The two take turns,
   * which keeps the loop small enough for HotSpot to compile it well.
   */
  private void moveAndAddRows(
      MemorySegment p, MemorySegment v, MemorySegment g, int end, Factors f) {
    FloatVector descent = FloatVector.broadcast(FLOATS, (float) f.descent());
    FloatVector decay = FloatVector.broadcast(FLOATS, (float) f.decay());
    FloatVector pull = FloatVector.broadcast(FLOATS, (float) f.pull());
    FloatVector push = FloatVector.broadcast(FLOATS, (float) f.push());
    double[] lanes = squares.lanes();
    DoubleVector a = DoubleVector.fromArray(SUMS, lanes, 0);
    DoubleVector b = DoubleVector.fromArray(SUMS, lanes, HALF);
    DoubleVector c = DoubleVector.fromArray(SUMS, lanes, 2 * HALF);
    DoubleVector d = DoubleVector.fromArray(SUMS, lanes, 3 * HALF);
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector gi = load(g, i);
      FloatVector vi = gi.fma(pull, decay.mul(load(v, i)));
      FloatVector pi = vi.fma(push, gi.fma(descent, load(p, i)));
      store(vi, v, i);
      store(pi, p, i);
      DoubleVector nextA = c;
      DoubleVector nextB = d;
      c = addSquares(pi, 0, a);
      d = addSquares(pi, 1, b);
      a = nextA;
      b = nextB;
    }
    a.intoArray(lanes, 0);
    b.intoArray(lanes, HALF);
    c.intoArray(lanes, 2 * HALF);
    d.intoArray(lanes, 3 * HALF);
  }

  private static DoubleVector addSquares(FloatVector x, int half, DoubleVector sums) {
    DoubleVector wide = (DoubleVector) x.convertShape(F2D, SUMS, half);
    return wide.fma(wide, sums);
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
