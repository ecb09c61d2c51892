package dev.alig.conformance.sweep;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The bits that torch computes from fixed inputs, as {@code alig_oracle/fingerprint.py} reports
 * them.
 *
 * @param dropped why the oracle's package cannot run on this release, or an empty text
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Fingerprint(String dropped, List<Probe> probes) {
  /**
   * One computation.
   *
   * @param name such as {@code norm float32 1000 stride 2}
   * @param group such as {@code norm}
   * @param places one place per number; the difference of two places is the distance of their
   *     numbers in ulp
   * @param raised what torch raised instead, or an empty text
   * @param offUlps how far the number is from the exact answer, in ulp; -1 if unknown
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Probe(
      String name,
      String group,
      List<Long> places,
      String raised,
      @JsonProperty("off_ulps") double offUlps) {
    /** The place of a NaN. */
    static final long NAN = Long.MAX_VALUE;

    /** The numbers, or what was raised. */
    String outcome() {
      return raised.isEmpty() ? places.toString() : raised;
    }
  }

  /** The fingerprint's file in a row's folder. */
  static Path in(Path folder) {
    return folder.resolve("fingerprint.json");
  }

  /**
   * Takes the fingerprint of an environment with the settings of a row, and writes it to a file.
   */
  static Fingerprint take(PythonEnvironment python, Row row, boolean portable, Path file)
      throws IOException {
    Pythons.ask(python, row, portable, List.of("fingerprint"), file);
    return new JsonMapper().readValue(file.toFile(), Fingerprint.class);
  }

  /** The probe of a name, if there is one. */
  Optional<Probe> probe(String name) {
    return probes.stream().filter(probe -> probe.name().equals(name)).findFirst();
  }
}
