package dev.alig.conformance.judge;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.exact.Real;
import dev.alig.conformance.judge.Comparison.Counted;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.model.Closeness;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Histogram;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.Place.Quantity;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Worst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the comparisons of one case have come to so far. */
final class CaseResults {
  private final StepCase scripted;
  private final String oracle;
  private final String subject;
  private final Counted counted;
  private final Closest ofSubject = new Closest();
  private final Closest ofOracle = new Closest();
  private long count;
  private Optional<Difference> first = Optional.empty();
  private Optional<String> unanswered = Optional.empty();

  /** How close the numbers of one side came to their bounds. */
  private final class Closest {
    private final Histogram.Counter ratios = new Histogram.Counter();
    private Worst worst = Worst.NONE;

    void note(Bounded bound, double value) {
      OptionalDouble found = bound.ratio(value, scripted.dtype());
      if (found.isPresent()) {
        double ratio = found.getAsDouble();
        ratios.count(ratio);
        worst = ratio > worst.ratio() ? bound.compared(value, ratio, scripted.id()) : worst;
      }
    }

    Closeness closeness() {
      return new Closeness(worst, ratios.histogram());
    }
  }

  /**
   * Nothing yet.
   *
   * @param oracle the oracle's name
   * @param subject the subject's name
   */
  CaseResults(StepCase scripted, String oracle, String subject, Counted counted) {
    this.scripted = scripted;
    this.oracle = oracle;
    this.subject = subject;
    this.counted = counted;
  }

  StepCase scripted() {
    return scripted;
  }

  Verdict verdict() {
    if (first.isPresent()) {
      return new Verdict.Differs(first.get());
    }
    return unanswered
        .<Verdict>map(Verdict.Inapplicable::new)
        .orElseGet(() -> new Verdict.Agrees(count, ofSubject.closeness(), ofOracle.closeness()));
  }

  boolean hasDifference() {
    return first.isPresent();
  }

  /** Makes the case inapplicable, unless it differs: a part of it has nothing to compare with. */
  void unanswered(String why) {
    unanswered = unanswered.or(() -> Optional.of(why));
  }

  /** Counts a comparison. */
  void count(Side side, Place place, boolean accepted) {
    count++;
    counted.compared(side, place, accepted);
  }

  /** Notes how close a legal number came to its bound. */
  void note(Side side, Bounded bound, double value) {
    (side == Side.ORACLE ? ofOracle : ofSubject).note(bound, value);
  }

  /** Records a difference that is not one number, unless an earlier one is known. */
  void differ(String where, String expected, String actual, String allowed) {
    if (!hasDifference()) {
      first = Optional.of(Difference.of(where, expected, actual, allowed));
    }
  }

  /** Records a number that differs, unless an earlier difference is known. */
  void differ(Side side, Finding finding, Optional<Bounded> bound, String allowed) {
    if (hasDifference()) {
      return;
    }
    String expectedFrom = side == Side.ORACLE ? "the formula" : oracle;
    String actualFrom = side == Side.ORACLE ? oracle : subject;
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("where", finding.place().toString()));
    facts.add(
        new Fact("expected", show(finding.place(), finding.expected()) + "   " + expectedFrom));
    facts.add(new Fact("actual", show(finding.place(), finding.actual()) + "   " + actualFrom));
    bound.flatMap(Bounded::exact).ifPresent(exact -> addExact(facts, exact, finding));
    facts.add(new Fact("allowed", allowed));
    first = Optional.of(new Difference(facts, Optional.of(finding)));
  }

  /** The real-number answer and each number's distance from it, to tell which of the two is off. */
  private static void addExact(List<Fact> facts, Real exact, Finding finding) {
    facts.add(new Fact("exact", exact + "   in real arithmetic"));
    if (Double.isFinite(finding.expected()) && Double.isFinite(finding.actual())) {
      String distances =
          "%.3g expected, %.3g actual"
              .formatted(distance(exact, finding.expected()), distance(exact, finding.actual()));
      facts.add(new Fact("off by", distances));
    }
  }

  private static double distance(Real exact, double value) {
    return Real.of(value).minus(exact).abs().toDouble();
  }

  /** Step sizes are doubles whatever the dtype of the tensors. */
  private String show(Place place, double value) {
    boolean element = place.quantity() == Quantity.PARAMETER || place.quantity() == Quantity.BUFFER;
    return Difference.show(value, element ? scripted.dtype() : DType.DOUBLE);
  }
}
