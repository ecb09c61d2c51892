package dev.alig.conformance.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.SameBits;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.Provenance;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.oracle.Processor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PinnedSettingsTest {
  private static final Processor INTEL =
      Processor.of(
          "x86_64",
          """
          processor\t: 0
          vendor_id\t: GenuineIntel
          model name\t: Intel(R) Xeon(R) Platinum 8481C
          flags\t\t: fpu avx avx2 fma
          processor\t: 1
          model name\t: another
          """);
  private static final Provenance RECORDED =
      new Provenance("alig.th 1.1", "torch 2.15.0+cu132", "x86_64, Intel with AVX-512", "A=1 B=2");

  private final PinnedSettings settings = PinnedSettings.of("A=1 B=2");

  private static OracleFacts torch(String release, String device, String processor, String set) {
    return new OracleFacts(
        "bundled", "", release, "", "", device, 1, true, "AVX2", processor, set, true);
  }

  private Map<String, String> environment(Processor processor, Map<String, String> before) {
    Map<String, String> environment = new TreeMap<>(before);
    settings.into(environment, processor);
    return environment;
  }

  @Test
  void theShippedTracesNameTheirSettings() {
    assertThat(PinnedSettings.shipped().variables())
        .containsOnlyKeys("ATEN_CPU_CAPABILITY", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA");
    assertThat(TraceFile.shipped())
        .extracting(recorded -> recorded.provenance().recordedFrom())
        .allMatch(from -> from.startsWith("alig."));
  }

  @Test
  void theFirstProcessorOfTheListIsDescribed() {
    assertThat(INTEL.describe()).isEqualTo("x86_64, Intel(R) Xeon(R) Platinum 8481C");
    assertThat(INTEL.hasAvx2()).isTrue();
    assertThat(Processor.of("aarch64", "processor : 0\n").describe()).isEqualTo("aarch64");
  }

  @Test
  void makersAreKnownByTheirNames() {
    assertThat(Processor.maker(INTEL.describe())).contains("intel");
    assertThat(Processor.maker("x86_64, AMD EPYC")).contains("amd");
    assertThat(Processor.maker("aarch64, Neoverse-N1")).isEmpty();
  }

  @Test
  void allAreSetWhereNoneIs() {
    assertThat(environment(INTEL, Map.of("C", "3")))
        .isEqualTo(Map.of("A", "1", "B", "2", "C", "3"));
  }

  @Test
  void whatTheUserSetsStaysAndPinsNothingElse() {
    assertThat(environment(INTEL, Map.of("A", "7"))).isEqualTo(Map.of("A", "7"));
  }

  @Test
  void aProcessorThatCannotComputeSoIsLeftAlone() {
    assertThat(environment(new Processor("x86_64", "old", Set.of("avx")), Map.of())).isEmpty();
    assertThat(environment(new Processor("aarch64", "", Set.of("avx2")), Map.of())).isEmpty();
  }

  @Test
  void onlyTheSameTorchOnTheSameInstructionsRepeatsBits() {
    assertThat(PinnedSettings.sameBits(torch("2.15.0", "cpu", "Intel", "A=1 B=2"), RECORDED))
        .isEqualTo(SameBits.ALL);
    assertThat(PinnedSettings.sameBits(torch("2.15.0+cpu", "cpu", "AMD", "A=1 B=2"), RECORDED))
        .isEqualTo(SameBits.ALL_BUT_PROJECTIONS);
    assertThat(PinnedSettings.sameBits(torch("2.15.0", "cpu", "Intel", "A=1"), RECORDED))
        .isEqualTo(SameBits.UPDATES);
    assertThat(PinnedSettings.sameBits(torch("2.8.0", "cpu", "Intel", "A=1 B=2"), RECORDED))
        .isEqualTo(SameBits.UPDATES);
    assertThat(PinnedSettings.sameBits(torch("2.15.0", "cuda", "Intel", "A=1 B=2"), RECORDED))
        .isEqualTo(SameBits.UPDATES);
    assertThat(
            PinnedSettings.sameBits(
                torch("2.15.0", "cpu", "Intel", ""), new Provenance("x", "torch 2.15.0", "", "")))
        .isEqualTo(SameBits.UPDATES);
  }
}
