package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.sweep.Fingerprint.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

class BitChangeTest {
  private static Probe probe(String raised, double off, Long... places) {
    return new Probe("norm float32 9", "norm", List.of(places), raised, off);
  }

  private static double ulps(List<Long> was, List<Long> now) {
    return BitChange.of(new Probe("n", "norm", was, "", -1), new Probe("n", "norm", now, "", -1))
        .map(BitChange::ulps)
        .orElse(0.0);
  }

  @Test
  void theSizeOfAChangeIsTheLargestOverTheNumbers() {
    assertThat(ulps(List.of(7L, 7L), List.of(8L, 4L))).isEqualTo(3);
    assertThat(ulps(List.of(-1L), List.of(1L))).isEqualTo(2);
    long one = 0x3ff0_0000_0000_0000L;
    assertThat(ulps(List.of(one), List.of(one + 2))).isEqualTo(2);
  }

  @Test
  void aNanIsAtNoDistanceFromANumber() {
    assertThat(ulps(List.of(1L), List.of(Probe.NAN))).isInfinite();
    assertThat(ulps(List.of(Probe.NAN), List.of(Probe.NAN))).isZero();
    assertThat(ulps(List.of(1L), List.of(1L, 2L))).isInfinite();
  }

  @Test
  void equalBitsAreNoChange() {
    assertThat(BitChange.of(probe("", 1, 5L), probe("", 1, 5L))).isEmpty();
  }

  @Test
  void theWordsSayWhetherTheNewBitsAreBetter() {
    BitChange change = BitChange.of(probe("", 4.25, 9L), probe("", 0.25, 5L)).orElseThrow();
    assertThat(change.words()).isEqualTo("4 ulp; off by 4.25 before, 0.25 after");
  }

  @Test
  void whatIsRaisedIsAChange() {
    Probe raised = probe("RuntimeError: no Half", -1);
    assertThat(BitChange.of(raised, probe("", -1, 5L)).orElseThrow().words())
        .isEqualTo("no longer raises RuntimeError: no Half");
    assertThat(BitChange.of(probe("", -1, 5L), raised).orElseThrow().words())
        .isEqualTo("raises RuntimeError: no Half");
  }
}
