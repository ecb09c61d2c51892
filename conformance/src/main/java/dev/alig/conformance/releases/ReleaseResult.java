package dev.alig.conformance.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.report.Report;
import java.util.List;

/**
 * What became of one release.
 *
 * @param version the release
 * @param verdict that of the gate, or {@link #NOT_SET_UP}, or {@link #DROPPED}
 * @param reason why it is not {@code conforms}, where that is not for a requirement; else empty
 * @param numpy the version of numpy beside it
 * @param settings a digest of the settings and the code that gave the result
 * @param setUp how the environment was had
 * @param gateSeconds how long fingerprint and gate took
 * @param oracleDigest SHA-256 of the oracle's code
 * @param subjects what the gate found
 * @param probes a digest of the bits of each probe
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleaseResult(
    Version version,
    String verdict,
    String reason,
    String numpy,
    String settings,
    @JsonProperty("set_up") SetUp setUp,
    @JsonProperty("gate_s") double gateSeconds,
    @JsonProperty("oracle_digest") String oracleDigest,
    List<Subject> subjects,
    List<ProbeDigest> probes) {
  /** The verdict of a release whose environment cannot be had. */
  public static final String NOT_SET_UP = "not set up";

  /** The verdict of a release that lacks what the oracle's package calls. */
  public static final String DROPPED = "dropped overload";

  /**
   * How an environment was had.
   *
   * @param built whether this run built it
   * @param seconds how long that took
   * @param diskBytes what the environment takes on the disk
   * @param freeBytes what was free before
   * @param kept whether it is still there
   */
  public record SetUp(
      boolean built,
      @JsonProperty("s") double seconds,
      @JsonProperty("disk_bytes") long diskBytes,
      @JsonProperty("free_bytes") long freeBytes,
      boolean kept) {
    /** Where nothing was set up. */
    static SetUp none(double seconds, long freeBytes) {
      return new SetUp(false, seconds, 0, freeBytes, false);
    }
  }

  /** What the gate found about one optimizer. */
  public record Subject(String name, String version, String digest, List<Cell> requirements) {}

  /** One requirement of one subject on one release; see {@link Report.RequirementResult}. */
  public record Cell(
      String id,
      String title,
      String verdict,
      long cases,
      double ratio,
      @JsonProperty("case") String caseId,
      String message) {
    /** The entry of a requirement in {@code report.json}. */
    static Cell of(JsonNode result) {
      JsonNode worst = result.path("worst");
      return new Cell(
          result.path("id").asText(),
          result.path("title").asText(),
          result.path("verdict").asText(),
          result.path("cases").asLong(),
          Double.parseDouble(worst.path("ratio").asText("0")),
          worst.path("case").asText(),
          result.path("message").asText());
    }
  }

  /** A probe and a digest of its bits. */
  public record ProbeDigest(String name, String group, String digest) {
    static ProbeDigest of(Fingerprint.Probe probe) {
      String shown = probe.raised().isEmpty() ? probe.digest() : probe.raised();
      return new ProbeDigest(probe.name(), probe.group(), shown);
    }
  }

  /** Whether the gate ran, so that the result need not be asked for again. */
  boolean isComplete() {
    return !verdict.equals(NOT_SET_UP);
  }

  /** What a process ends with for this release. */
  int exitStatus() {
    return switch (verdict) {
      case Report.CONFORMS -> 0;
      case Report.DIFFERS -> 1;
      default -> 2;
    };
  }

  /** The same, once its environment was removed or kept. */
  ReleaseResult withSetUp(SetUp known) {
    return new ReleaseResult(
        version,
        verdict,
        reason,
        numpy,
        settings,
        known,
        gateSeconds,
        oracleDigest,
        subjects,
        probes);
  }
}
