package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.Place;
import dev.alig.conformance.Place.Quantity;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares numbers of one case, counts them, and keeps the first difference and the worst. */
final class Comparison {
  /** Whose numbers are looked at. */
  enum Side {
    /** The subject's, against the oracle's or against the formula. */
    SUBJECT,
    /** The oracle's own, against the formula. */
    ORACLE
  }

  private final Scripted scripted;
  private final DType dtype;
  private final String oracle;
  private final String subject;
  private Scripted asked;
  private int askedFrom;
  private long count;
  private final Closest closest;
  private final Closest oracleClosest;
  private Optional<Difference> first = Optional.empty();

  Comparison(Scripted scripted, String oracle, String subject) {
    this.scripted = scripted;
    this.dtype = scripted.dtype();
    this.closest = new Closest(scripted.id(), dtype);
    this.oracleClosest = new Closest(scripted.id(), dtype);
    this.asked = scripted;
    this.oracle = oracle;
    this.subject = subject;
  }

  /** What all comparisons come to. */
  Verdict verdict() {
    return first
        .<Verdict>map(Verdict.Differs::new)
        .orElseGet(() -> new Verdict.Agrees(count, closest.closeness(), oracleClosest.closeness()));
  }

  /** The numbers to come are of the whole case. */
  void askWhole() {
    asked = scripted;
    askedFrom = 0;
  }

  /** The numbers to come are of one step, for which the oracle was asked a case of one step. */
  void askOne(Scripted oneStep, int step) {
    asked = oneStep;
    askedFrom = step;
  }

  boolean hasDifference() {
    return first.isPresent();
  }

  /** Records a difference that is not one number, unless an earlier one is known. */
  void differ(String where, String expected, String actual, String allowed) {
    if (first.isEmpty()) {
      first = Optional.of(Difference.of(where, expected, actual, allowed));
    }
  }

  /** Two numbers must be the same, NaN by kind, zeros by sign. */
  void same(Side side, Place place, double expected, double actual, String because) {
    count++;
    if (!DType.same(expected, actual) && first.isEmpty()) {
      Finding finding = finding(place, expected, actual, expected, expected);
      record(side, finding, Optional.empty(), because);
    }
  }

  /** A number must be legal, its zeros of the sign of {@code sign}. */
  void legal(Side side, Place place, Bounded bound, double sign, double expected, double actual) {
    boolean accepted = bound.accepts(actual, sign);
    bounded(side, place, bound, expected, actual, accepted);
  }

  /** A number must be legal; zeros of both signs count as one. */
  void legal(Side side, Place place, Bounded bound, double expected, double actual) {
    bounded(side, place, bound, expected, actual, bound.accepts(actual));
  }

  private void bounded(
      Side side, Place place, Bounded bound, double expected, double actual, boolean accepted) {
    count++;
    if (accepted) {
      noteRatio(side, bound, actual);
    } else if (first.isEmpty()) {
      boolean numbers = bound.low() <= bound.high();
      double low = numbers ? bound.low() : Double.NaN;
      double high = numbers ? bound.high() : Double.NaN;
      Finding finding = finding(place, expected, actual, low, high);
      record(side, finding, Optional.of(bound), bound.toString());
    }
  }

  /** Notes how close a number that is known to be legal came to its bound. */
  void noteRatio(Side side, Bounded bound, double actual) {
    (side == Side.ORACLE ? oracleClosest : closest).note(bound, actual);
  }

  private Finding finding(Place place, double expected, double actual, double low, double high) {
    int step = place.step() - askedFrom;
    return new Finding(place, expected, actual, low, high, asked, step);
  }

  private void record(Side side, Finding finding, Optional<Bounded> bound, String allowed) {
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

  /** The real-number answer, and how far from it either number is: which of the two is off. */
  private static void addExact(List<Fact> facts, Real exact, Finding finding) {
    facts.add(new Fact("exact", exact + "   in real arithmetic"));
    if (Double.isFinite(finding.expected()) && Double.isFinite(finding.actual())) {
      facts.add(
          new Fact(
              "off by",
              "%.3g expected, %.3g actual"
                  .formatted(
                      distance(exact, finding.expected()), distance(exact, finding.actual()))));
    }
  }

  private static double distance(Real exact, double value) {
    return Real.of(value).minus(exact).abs().toDouble();
  }

  /** Step sizes are doubles whatever the dtype of the tensors. */
  private String show(Place place, double value) {
    boolean element = place.quantity() == Quantity.PARAMETER || place.quantity() == Quantity.BUFFER;
    return Difference.show(value, element ? dtype : DType.DOUBLE);
  }

  /** Every element of every parameter must be the same. */
  void sameParameters(
      Side side, int step, List<List<Tensor>> expected, List<List<Tensor>> actual, String because) {
    for (int g = 0; g < expected.size(); g++) {
      for (int i = 0; i < expected.get(g).size(); i++) {
        Place place = new Place(step, Quantity.PARAMETER, g, i, 0);
        same(side, place, expected.get(g).get(i), actual.get(g).get(i), because);
      }
    }
  }

  /** Every buffer must be there where it is expected, and be the same. */
  void sameBuffers(
      int step,
      List<List<Optional<Tensor>>> expected,
      List<List<Optional<Tensor>>> actual,
      String because) {
    for (int g = 0; g < expected.size(); g++) {
      for (int i = 0; i < expected.get(g).size(); i++) {
        Place place = new Place(step, Quantity.BUFFER, g, i, 0);
        Optional<Tensor> wanted = expected.get(g).get(i);
        Optional<Tensor> found = actual.get(g).get(i);
        samePresence(place, wanted, found);
        if (wanted.isPresent() && found.isPresent()) {
          same(Side.SUBJECT, place, wanted.get(), found.get(), because);
        }
      }
    }
  }

  /** The subject must have buffers where they are expected, whatever they hold. */
  void buffersWhereExpected(
      int step, List<List<Optional<Tensor>>> expected, List<List<Optional<Tensor>>> actual) {
    for (int g = 0; g < expected.size(); g++) {
      for (int i = 0; i < expected.get(g).size(); i++) {
        Place place = new Place(step, Quantity.BUFFER, g, i, 0);
        samePresence(place, expected.get(g).get(i), actual.get(g).get(i));
      }
    }
  }

  private void samePresence(Place place, Optional<Tensor> wanted, Optional<Tensor> found) {
    if (wanted.isPresent() != found.isPresent()) {
      differ(
          place.toString(),
          presence(wanted),
          presence(found),
          "a buffer just where momentum is not 0");
    }
  }

  private static String presence(Optional<Tensor> buffer) {
    return buffer.isPresent() ? "a buffer" : "no buffer";
  }

  private void same(Side side, Place place, Tensor expected, Tensor actual, String because) {
    if (!expected.shape().equals(actual.shape())) {
      differ(
          place.toString(),
          "shape " + expected.shape(),
          "shape " + actual.shape(),
          "the same shape");
      return;
    }
    for (int e = 0; e < expected.size(); e++) {
      same(side, place.at(e), expected.get(e), actual.get(e), because);
    }
  }

  /**
   * Every element of a state must be legal; {@code expected} is what to show beside one that is
   * not.
   */
  void legal(Side side, int step, BoundedState bounds, State expected, State actual) {
    for (int g = 0; g < actual.parameters().size(); g++) {
      for (int i = 0; i < actual.parameters().get(g).size(); i++) {
        Place place = new Place(step, Quantity.PARAMETER, g, i, 0);
        List<Bounded> legal = bounds.parameters().get(g).get(i);
        legal(
            side,
            place,
            legal,
            expected.parameters().get(g).get(i),
            actual.parameters().get(g).get(i));
      }
    }
    legalBuffers(side, step, bounds, expected, actual);
  }

  private void legalBuffers(
      Side side, int step, BoundedState bounds, State expected, State actual) {
    for (int g = 0; g < actual.buffers().size(); g++) {
      for (int i = 0; i < actual.buffers().get(g).size(); i++) {
        Place place = new Place(step, Quantity.BUFFER, g, i, 0);
        Optional<List<Bounded>> legal = bounds.buffers().get(g).get(i);
        Optional<Tensor> found = actual.buffers().get(g).get(i);
        if (legal.isPresent() && found.isPresent()) {
          Tensor shown = expected.buffers().get(g).get(i).orElse(found.get());
          legal(side, place, legal.get(), shown, found.get());
        }
      }
    }
  }

  private void legal(Side side, Place place, List<Bounded> bounds, Tensor expected, Tensor actual) {
    for (int e = 0; e < bounds.size() && e < actual.size(); e++) {
      double shown = e < expected.size() ? expected.get(e) : actual.get(e);
      legal(side, place.at(e), bounds.get(e), shown, actual.get(e));
    }
  }
}
