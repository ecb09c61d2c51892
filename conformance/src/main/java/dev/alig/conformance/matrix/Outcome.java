package dev.alig.conformance.matrix;

/** What became of a row. */
public sealed interface Outcome {
  /** The outcome in a few words. */
  String words();

  /** The row ran, and everything agrees. */
  record Conforms() implements Outcome {
    @Override
    public String words() {
      return "conforms";
    }
  }

  /** The row ran, and found a difference. */
  record Differs() implements Outcome {
    @Override
    public String words() {
      return "differs";
    }
  }

  /**
   * The row began, and could not be completed.
   *
   * @param why in one line
   */
  record Broken(String why) implements Outcome {
    @Override
    public String words() {
      return "broken: " + why;
    }
  }

  /**
   * The machine lacks something that the row needs.
   *
   * @param why what it lacks
   */
  record NotRun(String why) implements Outcome {
    @Override
    public String words() {
      return "not run: " + why;
    }
  }
}
