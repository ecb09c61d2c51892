package dev.alig.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A difference as a list of facts, which prints aligned.
 *
 * @param facts what was expected, what was found, what was allowed, in the order to read them
 * @param finding the number that differs, for reproducing it; empty where it is not one number
 */
public record Difference(List<Fact> facts, Optional<Finding> finding) {
  /**
   * One line of a failure.
   *
   * @param label what the line is about
   * @param text what is to say
   */
  public record Fact(String label, String text) {}

  /**
   * The number that differs.
   *
   * @param place where it stands in the trace
   * @param expected the oracle's
   * @param actual the subject's
   * @param low the smallest legal number; the expected one where no other is legal
   * @param high the largest legal number
   * @param asked the case that the oracle was asked for the expected number
   * @param askedStep the step of that case
   */
  public record Finding(
      Place place,
      double expected,
      double actual,
      double low,
      double high,
      Scripted asked,
      int askedStep) {}

  /** Copies the list. */
  public Difference {
    facts = List.copyOf(facts);
  }

  /** A difference that is not one number. */
  public static Difference of(String where, String expected, String actual, String allowed) {
    return new Difference(
        List.of(
            new Fact("where", where),
            new Fact("expected", expected),
            new Fact("actual", actual),
            new Fact("allowed", allowed)),
        Optional.empty());
  }

  /** A number as people and machines read it: decimal and hexadecimal. */
  public static String show(double value, DType dtype) {
    String decimal = dtype == DType.FLOAT ? Float.toString((float) value) : Double.toString(value);
    return "%s   %s".formatted(decimal, Double.toHexString(value));
  }

  /** The same difference with facts before and after. */
  public Difference framed(List<Fact> before, List<Fact> after) {
    List<Fact> all = new ArrayList<>(before);
    all.addAll(facts);
    all.addAll(after);
    return new Difference(all, finding);
  }

  @Override
  public String toString() {
    int width = facts.stream().mapToInt(fact -> fact.label().length()).max().orElse(0);
    StringBuilder lines = new StringBuilder();
    for (Fact fact : facts) {
      lines.append(("%-" + width + "s  %s%n").formatted(fact.label(), fact.text()));
    }
    return lines.toString().stripTrailing();
  }
}
