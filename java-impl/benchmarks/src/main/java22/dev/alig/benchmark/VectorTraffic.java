package dev.alig.benchmark;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A processor's vector at a time; the words after the last whole vector stay where they are. */
final class VectorTraffic implements Traffic {
  private static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;

  @Override
  public long read(long[] g) {
    LongVector all = LongVector.zero(WORDS);
    for (int i = 0; i < WORDS.loopBound(g.length); i += WORDS.length()) {
      all = all.or(LongVector.fromArray(WORDS, g, i));
    }
    return all.reduceLanes(VectorOperators.OR);
  }

  @Override
  public void move(long[] p, long[] v, long[] g, long mask) {
    LongVector masks = LongVector.broadcast(WORDS, mask);
    for (int i = 0; i < WORDS.loopBound(g.length); i += WORDS.length()) {
      LongVector nothing = LongVector.fromArray(WORDS, g, i).and(masks);
      xor(p, i, nothing);
      xor(v, i, nothing);
    }
  }

  private static void xor(long[] x, int i, LongVector nothing) {
    LongVector.fromArray(WORDS, x, i).lanewise(VectorOperators.XOR, nothing).intoArray(x, i);
  }
}
