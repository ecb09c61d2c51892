package dev.alig.conformance.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The outcome of a sweep, as {@code sweep.json} holds it.
 *
 * @param complete whether the sweep has ended; otherwise it continues when it is started again
 * @param settings everything that changes results, except the rows
 * @param steps the changes from each row that ran to the next
 * @param sinceLast the changes since the previous sweep, in words
 */
record SweepReport(
    boolean complete,
    String settings,
    List<RowResult> rows,
    List<Step> steps,
    @JsonProperty("since_last") List<String> sinceLast) {
  /**
   * The exit status of the process: 1 if a row differs; else 2 if a row is broken or none ran; else
   * 0.
   */
  @JsonProperty("exit_status")
  int exitStatus() {
    if (any(Outcome.Differs.class)) {
      return 1;
    }
    return any(Outcome.Broken.class) || !any(Outcome.Conforms.class) ? 2 : 0;
  }

  private boolean any(Class<? extends Outcome> kind) {
    return rows.stream().map(RowResult::outcome).anyMatch(kind::isInstance);
  }
}
