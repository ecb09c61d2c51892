package dev.alig.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@code double} elements in off-heap memory, one vector register at a time. */
final class VectorDoubles implements MemoryKernel {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = DOUBLES.length();

  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  /** Elements moved before their squares are added; few enough to stay in the first-level cache. */
  private static final int STRETCH = 2 * PART;

  private final DoubleSquares squares = new DoubleSquares();

  @Override
  public int bytes() {
    return Double.BYTES;
  }

  @Override
  public void addSquares(long address, int length) {
    MemorySegment x = segment(address, length);
    int whole = length - length % DoubleSquares.LANES;
    for (int i = 0; i < whole; i += DoubleSquares.LANES) {
      addRow(x, i, squares.sums(), squares.lost());
    }
    for (int i = whole; i < length; i++) {
      squares.addOne(i - whole, get(x, i));
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

  private static void addRow(MemorySegment values, int from, double[] sums, double[] lost) {
    for (int lane = 0; lane < DoubleSquares.LANES; lane += WIDTH) {
      DoubleVector x = load(values, from + lane);
      DoubleVector square = x.mul(x);
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, lane);
      DoubleVector next = sum.add(square);
      DoubleVector added = next.sub(sum);
      DoubleVector ofSum = sum.sub(next.sub(added)).add(square.sub(added));
      DoubleVector all = ofSum.add(x.fma(x, square.neg()));
      DoubleVector.fromArray(DOUBLES, lost, lane).add(all).intoArray(lost, lane);
      next.intoArray(sums, lane);
    }
  }

  @Override
  public boolean allFinite(long address, int length) {
    MemorySegment x = segment(address, length);
    for (int i = 0; i < length; i++) {
      if (!Double.isFinite(get(x, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void plain(long parameters, long gradients, int length, double stepSize, boolean measure) {
    MemorySegment p = segment(parameters, length);
    MemorySegment g = segment(gradients, length);
    double descent = -stepSize;
    int whole = DOUBLES.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(g, i).fma(DoubleVector.broadcast(DOUBLES, descent), load(p, i)), p, i);
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
      long offset = (long) from * Double.BYTES;
      move(
          segment(p + offset, part), segment(v + offset, part), segment(g + offset, part), part, f);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void move(
      MemorySegment p, MemorySegment v, MemorySegment g, int length, Factors f) {
    DoubleVector descent = DoubleVector.broadcast(DOUBLES, f.descent());
    DoubleVector decay = DoubleVector.broadcast(DOUBLES, f.decay());
    DoubleVector pull = DoubleVector.broadcast(DOUBLES, f.pull());
    DoubleVector push = DoubleVector.broadcast(DOUBLES, f.push());
    int whole = DOUBLES.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      DoubleVector gi = load(g, i);
      DoubleVector vi = gi.fma(pull, decay.mul(load(v, i)));
      store(vi, v, i);
      store(vi.fma(push, gi.fma(descent, load(p, i))), p, i);
    }
    for (int i = whole; i < length; i++) {
      double gi = get(g, i);
      double vi = Math.fma(gi, f.pull(), f.decay() * get(v, i));
      set(v, i, vi);
      set(p, i, Math.fma(vi, f.push(), Math.fma(gi, f.descent(), get(p, i))));
    }
  }

  @Override
  public void scale(long address, int length, double factor) {
    MemorySegment x = segment(address, length);
    int whole = DOUBLES.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(x, i).mul(factor), x, i);
    }
    for (int i = whole; i < length; i++) {
      set(x, i, get(x, i) * factor);
    }
  }

  private static MemorySegment segment(long address, int length) {
    return Memory.at(address, (long) length * Double.BYTES);
  }

  private static DoubleVector load(MemorySegment x, int index) {
    return DoubleVector.fromMemorySegment(DOUBLES, x, (long) index * Double.BYTES, Memory.ORDER);
  }

  private static void store(DoubleVector values, MemorySegment x, int index) {
    values.intoMemorySegment(x, (long) index * Double.BYTES, Memory.ORDER);
  }

  private static double get(MemorySegment x, int index) {
    return x.get(DOUBLE, (long) index * Double.BYTES);
  }

  private static void set(MemorySegment x, int index, double value) {
    x.set(DOUBLE, (long) index * Double.BYTES, value);
  }
}
