package dev.alig.conformance.differences;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A known difference and its state in a run, as the journal and the report hold it.
 *
 * @param id the entry's name
 * @param between the two parties
 * @param when the circumstances in which they differ
 * @param because why they differ
 * @param link public material that explains it; empty for an entry that the user declared
 * @param state whether the parties still differ
 * @param evidence the numbers that show it, or why it was not asked
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record AskedDifference(
    String id,
    List<String> between,
    String when,
    String because,
    String link,
    State state,
    String evidence) {
  /** The state of an entry after a run. */
  public enum State {
    /** The parties still differ. */
    HOLDS("holds"),
    /** The parties no longer differ. */
    STALE("stale"),
    /** A party did not take part in the run. */
    NOT_ASKED("not asked");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word for it in reports. */
    @JsonValue
    public String word() {
      return word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  static AskedDifference of(KnownDifference entry, Finding finding) {
    return new AskedDifference(
        entry.id(),
        entry.between(),
        entry.when(),
        entry.because(),
        entry.link(),
        state(finding),
        finding.evidence());
  }

  private static State state(Finding finding) {
    return finding instanceof Finding.NotAsked
        ? State.NOT_ASKED
        : finding instanceof Finding.Holds ? State.HOLDS : State.STALE;
  }

  /** The facts of a stale entry, aligned; the last one says what to do. */
  public String facts() {
    return String.join(
        System.lineSeparator(),
        "entry    %s, between %s".formatted(id, String.join(" and ", between)),
        "when     " + when,
        "because  " + because,
        "link     " + link,
        "found    " + evidence,
        "mend     correct the entry in known-differences.yaml, or remove it with its check");
  }
}
