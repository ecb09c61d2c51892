package dev.alig.conformance;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A difference as a list of aligned facts.
 *
 * @param facts what was expected, found and allowed, in reading order
 * @param finding the number that differs; empty if the difference is not one number
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Difference(List<Fact> facts, Optional<Finding> finding) {
  /** The label of the fact that names the kernel, if the subject has several. */
  public static final String KERNEL = "kernel";

  /**
   * One line of a failure.
   *
   * @param label what the line is about
   * @param text the fact
   */
  public record Fact(String label, String text) {}

  /**
   * The number that differs.
   *
   * @param place its place in the trace
   * @param expected the oracle's
   * @param actual the subject's
   * @param low the smallest legal number; the expected one if no other is legal
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
      StepCase asked,
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

  /** The text of the fact with this label; an empty text if there is none. */
  public String fact(String label) {
    return facts.stream()
        .filter(fact -> fact.label().equals(label))
        .findFirst()
        .map(Fact::text)
        .orElse("");
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
      lines.append(("%-" + width + "s  %s%n").formatted(fact.label(), Visible.of(fact.text())));
    }
    return lines.toString().stripTrailing();
  }
}
