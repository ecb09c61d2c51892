package dev.alig.conformance.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The outcome of a run over several releases, as {@code releases.json} has it.
 *
 * @param complete whether the run has come to its end; one that has not goes on when it is started
 *     again
 * @param settings what the results follow from
 * @param releases the results, the oldest release first
 * @param steps what changed from each release to the next
 * @param sinceLast what changed since the run before, in words
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleasesReport(
    boolean complete,
    RunSettings settings,
    List<ReleaseResult> releases,
    List<Step> steps,
    @JsonProperty("since_last_run") List<String> sinceLast) {

  /**
   * What changed from one release to the next.
   *
   * @param verdicts the requirements whose verdict is another
   * @param bits the probes whose bits are others
   * @param note why nothing can be said, or an empty text
   */
  public record Step(
      Version from, Version to, List<VerdictChange> verdicts, List<BitChange> bits, String note) {}

  /** A requirement with one verdict on one release and another on the next. */
  public record VerdictChange(String subject, String requirement, String from, String to) {}

  /** What the process ends with: the worst of the releases. */
  public int exitStatus() {
    boolean broken = releases.stream().anyMatch(release -> release.exitStatus() == 2);
    boolean differs = releases.stream().anyMatch(release -> release.exitStatus() == 1);
    return differs ? 1 : broken || releases.isEmpty() ? 2 : 0;
  }
}
