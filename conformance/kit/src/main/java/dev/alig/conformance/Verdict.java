package dev.alig.conformance;

import dev.alig.conformance.model.Closeness;
import dev.alig.conformance.model.Worst;
import org.apiguardian.api.API;

/** The result of comparing a subject with an oracle on one case. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Verdict {
  /**
   * Every number was equal or within its bound.
   *
   * @param comparisons how many numbers were compared
   * @param subject how close the subject's numbers came to their bounds
   * @param oracle how close the oracle's own did
   */
  record Agrees(long comparisons, Closeness subject, Closeness oracle) implements Verdict {
    /** Agreement of which only the closest numbers are known. */
    public Agrees(long comparisons, Worst worst, Worst oracleWorst) {
      this(comparisons, Closeness.of(worst), Closeness.of(oracleWorst));
    }

    /** Agreement in which the oracle's own numbers have no bounds. */
    public Agrees(long comparisons, Worst worst) {
      this(comparisons, worst, Worst.NONE);
    }

    /** The subject's number closest to its bound. */
    public Worst worst() {
      return subject.worst();
    }
  }

  /**
   * The two differ.
   *
   * @param first the first difference, in the order of the steps
   */
  record Differs(Difference first) implements Verdict {}

  /**
   * One of the two cannot run the case.
   *
   * @param why the reason, for the report
   */
  record Inapplicable(String why) implements Verdict {}

  /**
   * One of the two failed to run the case.
   *
   * @param stage who failed at what
   * @param cause the exception
   */
  record Broken(String stage, Throwable cause) implements Verdict {}
}
