package dev.alig.conformance.sweep;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The outcome of a row. */
sealed interface Outcome {
  /** The row ran, and everything agrees. */
  record Conforms() implements Outcome {}

  /** The row ran, and found a difference. */
  record Differs() implements Outcome {}

  /** The row began, and could not be completed; {@code why} is one line. */
  record Broken(String why) implements Outcome {}

  /** The machine lacks something that the row needs; {@code why} says what. */
  record NotRun(String why) implements Outcome {}

  /** The outcome in a few words. */
  @JsonValue
  default String words() {
    if (this instanceof Broken broken) {
      return "broken: " + broken.why;
    }
    if (this instanceof NotRun not) {
      return "not run: " + not.why;
    }
    return this instanceof Conforms ? "conforms" : "differs";
  }

  /** The outcome in one word, for its colour. */
  default String kind() {
    return words().replaceFirst(":.*", "").replace("not run", "inapplicable");
  }

  /** The outcome that these words describe. */
  @JsonCreator
  static Outcome of(String words) {
    String why = words.replaceFirst("[^:]*: ", "");
    return switch (words.replaceFirst(":.*", "")) {
      case "conforms" -> new Conforms();
      case "differs" -> new Differs();
      case "not run" -> new NotRun(why);
      default -> new Broken(why);
    };
  }
}
