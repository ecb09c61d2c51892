package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.benchmark.Probe.Part;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeTest {
  private static final int WORDS = 4096;

  static Stream<Traffic> traffic() {
    return Stream.of(new Traffic.Loops(), Traffic.fastest());
  }

  private static Part part(Traffic traffic, boolean readsOnly, long mask) {
    Part part = new Part(traffic, WORDS, readsOnly, mask);
    Arrays.fill(part.g, -1);
    return part;
  }

  /** With all bits of g and of the mask set, a write flips a number's bits: once is not twice. */
  @ParameterizedTest
  @MethodSource("traffic")
  void writesEveryWordOncePerStep(Traffic traffic) {
    Part part = part(traffic, false, -1);
    part.step();
    assertThat(part.p).containsOnly(-1).hasSize(WORDS);
    assertThat(part.v).containsOnly(-1).hasSize(WORDS);
  }

  @ParameterizedTest
  @MethodSource("traffic")
  void computesNothing(Traffic traffic) {
    Part part = part(traffic, false, 0);
    part.step();
    assertThat(part.p).containsOnly(0);
    assertThat(part.v).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("traffic")
  void theFirstPassWritesNothing(Traffic traffic) {
    Part part = part(traffic, true, -1);
    part.step();
    assertThat(part.p).containsOnly(0);
  }

  @Test
  void readsEveryWord() {
    Part part = part(Traffic.fastest(), true, 0);
    Arrays.fill(part.g, 0);
    part.g[WORDS - 1] = 1;
    if (Traffic.fastest() instanceof Traffic.Loops loops) {
      // Its answer is a word of the last block.
      Arrays.fill(part.g, WORDS / 2, WORDS, 1);
      assertThat(loops.read(part.g)).isEqualTo(1);
    } else {
      assertThat(Traffic.fastest().read(part.g)).isEqualTo(1);
    }
  }

  @Test
  void usesTheVectorApiWhereThereIsOne() {
    boolean vectors =
        Runtime.version().feature() >= 22
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(Traffic.fastest() instanceof Traffic.Loops).isNotEqualTo(vectors);
  }

  @Test
  void stepsForAsLongAsItIsAskedTo() {
    for (int n : new int[] {1, 1_000_001}) {
      try (Probe probe = new Probe(Setting.base(n), false)) {
        Stepper.Slice slice = probe.run(0.01);
        assertThat(slice.steps()).isPositive();
        assertThat(slice.seconds()).isGreaterThanOrEqualTo(0.01);
      }
    }
  }
}
