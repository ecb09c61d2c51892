package dev.alig.conformance.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InnerProductsTest {
  private static final Rounding FLOATS = new Rounding(DType.FLOAT, false);

  private static List<Bounded> points(Random random, int count) {
    return random.doubles(count, -1, 1).mapToObj(value -> Bounded.of((float) value)).toList();
  }

  private static float sum(List<Integer> order, List<Bounded> a, List<Bounded> b) {
    float sum = 0;
    for (int i : order) {
      sum += (float) a.get(i).low() * (float) b.get(i).low();
    }
    return sum;
  }

  @Test
  void sumsInAnyOrderAreLegal() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      List<Bounded> a = points(random, 50);
      List<Bounded> b = points(random, 50);
      Bounded legal = InnerProducts.of(a, b, FLOATS);
      List<Integer> order = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
      Collections.shuffle(order, random);
      assertThat(legal.accepts(sum(order, a, b))).isTrue();
    }
  }

  @Test
  void aSumWithoutOneOfItsTermsIsNot() {
    Random random = new Random(2);
    List<Bounded> a = points(random, 50);
    List<Bounded> b = points(random, 50);
    Bounded legal = InnerProducts.of(a, b, FLOATS);
    List<Integer> order = IntStream.range(1, 50).boxed().toList();
    assertThat(legal.accepts(sum(order, a, b))).isFalse();
  }

  @Test
  void theExactSumIsKnown() {
    List<Bounded> a = List.of(Bounded.of(3), Bounded.of(-2));
    assertThat(InnerProducts.of(a, a, FLOATS).exact()).contains(Real.of(13));
    assertThat(InnerProducts.of(List.of(), List.of(), FLOATS).accepts(0)).isTrue();
  }

  @Test
  void everyNumberIsLegalWhereTermsMayOverflow() {
    List<Bounded> large = List.of(Bounded.of(1e30));
    assertThat(InnerProducts.of(large, large, FLOATS).acceptsAll()).isTrue();
    assertThat(InnerProducts.of(List.of(Bounded.NAN), large, FLOATS).acceptsAll()).isTrue();
  }
}
