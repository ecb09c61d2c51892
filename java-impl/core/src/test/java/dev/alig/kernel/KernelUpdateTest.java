package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import dev.alig.kernel.ReferenceUpdate.Element;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast kernels against the slow twin, bit for bit. */
class KernelUpdateTest {
  record Case(Precision precision, int length, double stepSize, double momentum, long seed) {
    /** Values of mixed magnitudes, never 0. */
    double[] draw(Random random) {
      return random
          .doubles(length, 1, 2)
          .map(x -> (random.nextBoolean() ? x : -x) * Math.scalb(1.0, random.nextInt(24) - 12))
          .map(precision::round)
          .toArray();
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(
            Arbitraries.of(Precision.FLOAT, Precision.DOUBLE),
            Arbitraries.integers().between(1, 40),
            Arbitraries.doubles().between(1e-4, 10).ofScale(6),
            Arbitraries.doubles().between(0.01, 1.5).ofScale(4),
            Arbitraries.longs())
        .as(Case::new);
  }

  @Property
  void updatesMatchTheReference(@ForAll("cases") Case c, @ForAll Move move) {
    check(Elements.of(c.precision), c, move);
  }

  private static <A> void check(Elements<A> elements, Case c, Move move) {
    Random random = new Random(c.seed);
    double[] w = c.draw(random);
    double[] v = c.draw(random);
    double[] g = c.draw(random);
    ReferenceUpdate reference = new ReferenceUpdate(c.precision, c.stepSize, c.momentum);
    Element[] expected = new Element[c.length];
    Arrays.setAll(expected, i -> reference.update(move, new Element(w[i], v[i]), g[i]));
    Slice<A> newW = elements.slice(w, 1);
    Slice<A> newV = elements.slice(v, 3);
    move.on(elements.kernel(), newW, newV, elements.slice(g, 0), c.stepSize, c.momentum);
    assertThat(elements.values(newW))
        .isEqualTo(Arrays.stream(expected).mapToDouble(Element::w).toArray());
    assertThat(elements.values(newV))
        .isEqualTo(Arrays.stream(expected).mapToDouble(Element::v).toArray());
  }

  @ParameterizedTest
  @EnumSource(Move.class)
  void updatesStayWithinTheirSlice(Move move) {
    Elements.Floats floats = new Elements.Floats(Precision.FLOAT);
    Slice<float[]> p = floats.slice(new double[] {1, 2}, 2);
    Slice<float[]> v = floats.slice(new double[] {3, 4}, 2);
    move.on(Kernels.ofFloats(), p, v, Slice.of(new float[] {5, 6}), 0.5, 0.5);
    assertThat(p.array()).startsWith(0, 0).endsWith(0, 0);
    assertThat(v.array()).startsWith(0, 0).endsWith(0, 0);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
  void notANumberSpreads(Precision precision) {
    assertThat(plain(Elements.of(precision), 1, Double.NaN, 0.5)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
  void aStepOfZeroKeepsTheSignOfZero(Precision precision) {
    assertThat(plain(Elements.of(precision), -0.0, 1, 0.0)).isEqualTo(Double.valueOf(-0.0));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT", "HALF", "BFLOAT16"})
  void aStepTooLargeForTheTypeIsInfinite(Precision precision) {
    assertThat(plain(Elements.of(precision), 1, 1, 1e300)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  private static <A> double plain(Elements<A> elements, double p, double g, double stepSize) {
    Slice<A> parameters = elements.slice(new double[] {p}, 0);
    elements.kernel().plain(parameters, elements.slice(new double[] {g}, 0), stepSize);
    return elements.values(parameters)[0];
  }
}
