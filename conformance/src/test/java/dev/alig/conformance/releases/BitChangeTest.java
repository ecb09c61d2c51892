package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.releases.Fingerprint.Probe;
import org.junit.jupiter.api.Test;

class BitChangeTest {
  private static Probe probe(String name, String bits, String raised, double off) {
    return new Probe(name, "norm", bits, "d" + bits, raised, off);
  }

  private static double ulps(String name, String before, String after) {
    return BitChange.of(probe(name, before, "", -1), probe(name, after, "", -1))
        .map(BitChange::ulps)
        .orElse(0.0);
  }

  @Test
  void theSizeOfAChangeIsTheLargestOverTheNumbers() {
    assertThat(ulps("float32", "3f800000 3f800000", "3f800001 3f7ffffd")).isEqualTo(3);
    assertThat(ulps("float64", "3ff0000000000000", "3ff0000000000002")).isEqualTo(2);
  }

  @Test
  void distancesGoThroughZero() {
    assertThat(ulps("float32", "00000001", "80000001")).isEqualTo(2);
    assertThat(ulps("float16", "8000", "0000")).isZero();
  }

  @Test
  void aNanIsAtNoDistanceFromANumber() {
    assertThat(ulps("float32", "7fc00000", "7f800000")).isInfinite();
    assertThat(ulps("bfloat16", "7f81", "7f80")).isInfinite();
    assertThat(ulps("float16", "7b00", "7c00")).isFinite();
    assertThat(ulps("bfloat16", "7c01", "7c03")).isEqualTo(2);
  }

  @Test
  void equalBitsAreNoChange() {
    assertThat(BitChange.of(probe("n", "3f800000", "", 1), probe("n", "3f800000", "", 1)))
        .isEmpty();
  }

  @Test
  void theWordsSayWhetherTheNewBitsAreBetter() {
    BitChange change =
        BitChange.of(probe("n", "3f800004", "", 4.25), probe("n", "3f800000", "", 0.25))
            .orElseThrow();
    assertThat(change.words()).isEqualTo("4 ulp; off by 4.25 before, 0.25 after");
  }

  @Test
  void whatIsRaisedIsAChange() {
    BitChange change =
        BitChange.of(probe("n", "", "RuntimeError: no Half", -1), probe("n", "3c00", "", -1))
            .orElseThrow();
    assertThat(change.words()).isEqualTo("no longer raises RuntimeError: no Half");
  }
}
