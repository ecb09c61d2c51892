package dev.alig.conformance.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The bits that a release computes from fixed inputs; {@code alig_oracle/fingerprint.py} takes it.
 *
 * @param torch the version of torch
 * @param numpy the version of numpy
 * @param python the version of Python
 * @param cpuCapability the instruction set that torch's kernels use
 * @param kind {@code bundled} or {@code package}
 * @param digest SHA-256 of the oracle's code
 * @param dropped why the package cannot run on this release at all, or an empty text
 * @param probes what was computed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Fingerprint(
    String torch,
    String numpy,
    String python,
    @JsonProperty("cpu_capability") String cpuCapability,
    String kind,
    String digest,
    String dropped,
    List<Probe> probes) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One computation.
   *
   * @param name what was computed, such as {@code norm float32 1000 stride 2}
   * @param group what it concerns, such as {@code norm}
   * @param bits the numbers, each as hexadecimal digits
   * @param digest a short name of the bits
   * @param raised what torch raised in their place, or an empty text
   * @param offUlps how far the number is from the exact answer, in units in the last place; {@link
   *     #UNKNOWN} where that is not known
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Probe(
      String name,
      String group,
      String bits,
      String digest,
      String raised,
      @JsonProperty("off_ulps") double offUlps) {
    /** In place of a distance that is not known. */
    static final double UNKNOWN = -1;

    /** What to compare: the bits, or what was raised. */
    String outcome() {
      return raised.isEmpty() ? bits : raised;
    }
  }

  /** The fingerprint in a file. */
  static Fingerprint read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Fingerprint.class);
  }

  /** The probe of a name, if there is one. */
  Optional<Probe> probe(String name) {
    return probes.stream().filter(probe -> probe.name().equals(name)).findFirst();
  }
}
