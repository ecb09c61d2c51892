package dev.alig.conformance;

/** What became of comparing a subject with an oracle on one case. */
public sealed interface Verdict {
  /**
   * Every number was equal or within its bound.
   *
   * @param comparisons how many numbers were compared
   * @param worst the subject's number closest to its bound
   * @param oracleWorst the oracle's number closest to its bound
   */
  record Agrees(long comparisons, Worst worst, Worst oracleWorst) implements Verdict {
    /** Agreement where the oracle's own numbers are not looked at. */
    public Agrees(long comparisons, Worst worst) {
      this(comparisons, worst, Worst.NONE);
    }
  }

  /**
   * The two differ.
   *
   * @param first the first difference, in the order of the steps
   */
  record Differs(Difference first) implements Verdict {}

  /**
   * The case cannot be asked of one of the two.
   *
   * @param why the reason, for the report
   */
  record Inapplicable(String why) implements Verdict {}

  /**
   * One of the two failed to run the case.
   *
   * @param stage who failed at what
   * @param cause how
   */
  record Broken(String stage, Throwable cause) implements Verdict {}
}
