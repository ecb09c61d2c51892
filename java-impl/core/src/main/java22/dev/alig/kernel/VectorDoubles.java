package dev.alig.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@code double} elements in memory, a processor's vector at a time. */
final class VectorDoubles implements MemoryKernel {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = DOUBLES.length();

  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  /** Elements moved before their squares are added: they must still be in the first-level cache. */
  private static final int STRETCH = 4 * PART;

  private final DoubleSquares squares = new DoubleSquares();

  @Override
  public int bytes() {
    return Double.BYTES;
  }

  @Override
  public void addSquares(long address, int length) {
    MemorySegment x = Memory.at(address, (long) length * Double.BYTES);
    int whole = length - length % DoubleSquares.LANES;
    for (int i = 0; i < whole; i += DoubleSquares.LANES) {
      addRow(x, i, squares.sums(), squares.lost());
    }
    for (int i = whole; i < length; i++) {
      squares.addOne(i - whole, get(x, i));
    }
  }

  @Override
  public void takeSquares(double[] sums, double[] lost, int at) {
    squares.fold();
    sums[at] = squares.sums()[0];
    lost[at] = squares.lost()[0];
    squares.clear();
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
    MemorySegment x = Memory.at(address, (long) length * Double.BYTES);
    for (int i = 0; i < length; i++) {
      if (!Double.isFinite(get(x, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void plain(long p, long g, int length, double stepSize, boolean measure) {
    for (int from = 0; from < length; from += STRETCH) {
      int part = Math.min(STRETCH, length - from);
      long offset = (long) from * Double.BYTES;
      plain(p + offset, g + offset, part, stepSize);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void plain(long pAddress, long gAddress, int length, double stepSize) {
    MemorySegment p = Memory.at(pAddress, (long) length * Double.BYTES);
    MemorySegment g = Memory.at(gAddress, (long) length * Double.BYTES);
    double descent = -stepSize;
    int whole = DOUBLES.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(g, i).fma(DoubleVector.broadcast(DOUBLES, descent), load(p, i)), p, i);
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
      long offset = (long) from * Double.BYTES;
      standard(p + offset, v + offset, g + offset, part, stepSize, momentum);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void standard(
      long pAddress, long vAddress, long gAddress, int length, double stepSize, double momentum) {
    MemorySegment p = Memory.at(pAddress, (long) length * Double.BYTES);
    MemorySegment v = Memory.at(vAddress, (long) length * Double.BYTES);
    MemorySegment g = Memory.at(gAddress, (long) length * Double.BYTES);
    double descent = -stepSize;
    double mu = momentum;
    DoubleVector descents = DoubleVector.broadcast(DOUBLES, descent);
    DoubleVector mus = DoubleVector.broadcast(DOUBLES, mu);
    int whole = DOUBLES.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      DoubleVector gi = load(g, i);
      DoubleVector vi = gi.fma(descents, mus.mul(load(v, i)));
      store(vi, v, i);
      store(vi.fma(mus, gi.fma(descents, load(p, i))), p, i);
    }
    for (int i = whole; i < length; i++) {
      double gi = get(g, i);
      double vi = Math.fma(gi, descent, mu * get(v, i));
      set(v, i, vi);
      set(p, i, Math.fma(vi, mu, Math.fma(gi, descent, get(p, i))));
    }
  }

  @Override
  public void adjusted(
      long p, long v, long g, int length, double stepSize, double momentum, boolean measure) {
    for (int from = 0; from < length; from += STRETCH) {
      int part = Math.min(STRETCH, length - from);
      long offset = (long) from * Double.BYTES;
      adjusted(p + offset, v + offset, g + offset, part, stepSize, momentum);
      if (measure) {
        addSquares(p + offset, part);
      }
    }
  }

  private static void adjusted(
      long pAddress, long vAddress, long gAddress, int length, double stepSize, double momentum) {
    MemorySegment p = Memory.at(pAddress, (long) length * Double.BYTES);
    MemorySegment v = Memory.at(vAddress, (long) length * Double.BYTES);
    MemorySegment g = Memory.at(gAddress, (long) length * Double.BYTES);
    double descent = -stepSize;
    double mu = momentum;
    double push = (stepSize * momentum);
    DoubleVector descents = DoubleVector.broadcast(DOUBLES, descent);
    DoubleVector mus = DoubleVector.broadcast(DOUBLES, mu);
    DoubleVector pushes = DoubleVector.broadcast(DOUBLES, push);
    int whole = DOUBLES.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      DoubleVector gi = load(g, i);
      DoubleVector vi = mus.mul(load(v, i)).sub(gi);
      store(vi, v, i);
      store(vi.fma(pushes, gi.fma(descents, load(p, i))), p, i);
    }
    for (int i = whole; i < length; i++) {
      double gi = get(g, i);
      double vi = mu * get(v, i) - gi;
      set(v, i, vi);
      set(p, i, Math.fma(vi, push, Math.fma(gi, descent, get(p, i))));
    }
  }

  @Override
  public void scale(long xAddress, int length, double factor) {
    MemorySegment x = Memory.at(xAddress, (long) length * Double.BYTES);
    double f = factor;
    int whole = DOUBLES.loopBound(length);
    for (int i = 0; i < whole; i += WIDTH) {
      store(load(x, i).mul(f), x, i);
    }
    for (int i = whole; i < length; i++) {
      set(x, i, get(x, i) * f);
    }
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
