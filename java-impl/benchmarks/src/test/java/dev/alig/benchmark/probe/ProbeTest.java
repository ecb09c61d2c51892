package dev.alig.benchmark.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.benchmark.contender.Momentum;
import dev.alig.benchmark.contender.Setting;
import dev.alig.conformance.DType;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeTest {
  static Stream<Arguments> memories() {
    return Stream.of(1, 1000, 65_536, 100_001, 1_000_000)
        .flatMap(
            n ->
                Stream.of(DType.values())
                    .flatMap(
                        dtype ->
                            Stream.of(Momentum.STANDARD, Momentum.NONE)
                                .map(momentum -> new Setting(n, dtype, momentum, false))))
        .flatMap(setting -> Stream.of(true, false).map(heap -> Arguments.of(setting, heap)));
  }

  /** With all bits of g and of the mask set, a write flips a number's bits: once is not twice. */
  @ParameterizedTest
  @MethodSource("memories")
  void writesEveryByteOnceAStep(Setting setting, boolean heap) {
    long bytes = setting.bytes();
    Streams streams = heap ? new HeapStreams(bytes, -1) : Probe.streams(bytes, -1);
    streams.setGradients();
    try (Probe probe = new Probe(setting, streams, false)) {
      probe.step();
      assertThat(streams.bitsOfParameters()).isBetween(8 * bytes, 8 * (bytes + 64));
      if (setting.momentum() == Momentum.NONE) {
        assertThat(streams.bitsOfMomenta()).isZero();
      } else {
        assertThat(streams.bitsOfMomenta()).isEqualTo(streams.bitsOfParameters());
      }
    }
  }

  @Test
  void computesNothing() {
    Streams streams = Probe.streams(4000, 0);
    streams.setGradients();
    try (Probe probe = new Probe(Setting.base(1000), streams, false)) {
      probe.step();
      assertThat(streams.bitsOfParameters()).isZero();
    }
  }

  @Test
  void theFirstPassWritesNothing() {
    Streams streams = Probe.streams(4000, -1);
    streams.setGradients();
    try (Probe probe = new Probe(Setting.base(1000), streams, true)) {
      probe.step();
      assertThat(streams.bitsOfParameters()).isZero();
    }
  }

  @Test
  void usesTheVectorApiWhereThereIsOne() {
    boolean vectors =
        Runtime.version().feature() >= 22
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(Probe.describe()).contains(vectors ? "Vector API" : "Java arrays");
  }

  @Test
  void aTeamDoesEveryPieceOnce() {
    try (Team team = new Team(3)) {
      for (int pieces : new int[] {1, 2, 100, 3, 1000}) {
        AtomicIntegerArray done = new AtomicIntegerArray(pieces);
        team.run(pieces, done::incrementAndGet);
        assertThat(IntStream.range(0, pieces).map(done::get)).containsOnly(1).hasSize(pieces);
      }
    }
  }
}
