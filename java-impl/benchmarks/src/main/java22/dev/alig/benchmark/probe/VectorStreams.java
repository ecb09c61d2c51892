package dev.alig.benchmark.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Off-heap memory, a processor's vector at a time. */
final class VectorStreams implements Streams, AutoCloseable {
  private static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;
  private static final int WIDTH = WORDS.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment p;
  private final MemorySegment v;
  private final MemorySegment g;
  private final long mask;
  private final AtomicLong read = new AtomicLong();

  /** Vectors of so many bytes; up to a whole vector. */
  VectorStreams(long bytes, long mask) {
    this.mask = mask;
    long whole = (bytes + WIDTH - 1) / WIDTH * WIDTH;
    p = allocate(whole);
    v = allocate(whole);
    g = allocate(whole);
  }

  private MemorySegment allocate(long bytes) {
    return arena.allocate(bytes, ALIGNMENT);
  }

  @Override
  public String description() {
    return "Vector API on off-heap memory, " + WORDS.vectorBitSize() + " bits";
  }

  @Override
  public void readGradients(long from, long to) {
    LongVector all = LongVector.zero(WORDS);
    for (long i = from; i < to; i += WIDTH) {
      all = all.or(load(g, i));
    }
    read.addAndGet(all.reduceLanes(VectorOperators.OR));
  }

  @Override
  public void move(long from, long to) {
    LongVector masks = LongVector.broadcast(WORDS, mask);
    for (long i = from; i < to; i += WIDTH) {
      LongVector none = load(g, i).and(masks);
      store(load(p, i).lanewise(VectorOperators.XOR, none), p, i);
      store(load(v, i).lanewise(VectorOperators.XOR, none), v, i);
    }
  }

  @Override
  public void moveWithoutMomentum(long from, long to) {
    LongVector masks = LongVector.broadcast(WORDS, mask);
    for (long i = from; i < to; i += WIDTH) {
      LongVector none = load(g, i).and(masks);
      store(load(p, i).lanewise(VectorOperators.XOR, none), p, i);
    }
  }

  @Override
  public void setGradients() {
    g.fill((byte) -1);
  }

  @Override
  public long bitsOfParameters() {
    return bits(p);
  }

  @Override
  public long bitsOfMomenta() {
    return bits(v);
  }

  private static long bits(MemorySegment x) {
    return x.elements(ValueLayout.JAVA_LONG).mapToLong(e -> Long.bitCount(e.get(ValueLayout.JAVA_LONG, 0))).sum();
  }

  private static LongVector load(MemorySegment x, long at) {
    return LongVector.fromMemorySegment(WORDS, x, at, ORDER);
  }

  private static void store(LongVector values, MemorySegment x, long at) {
    values.intoMemorySegment(x, at, ORDER);
  }

  @Override
  public void close() {
    arena.close();
  }
}
