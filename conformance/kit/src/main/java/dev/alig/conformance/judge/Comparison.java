package dev.alig.conformance.judge;

import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.Place.Quantity;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Compares numbers of one case.
 *
 * <p>All comparisons of a case share their {@link CaseResults}. {@link #of} and {@link #asking}
 * give comparisons of other numbers.
 *
 * @param results what all comparisons of the case have come to
 * @param side whose numbers are compared
 * @param asked the case that the oracle was asked
 * @param askedFrom the step of the whole case at which that one begins
 */
record Comparison(CaseResults results, Side side, StepCase asked, int askedFrom) {
  /** Whose numbers are compared. */
  enum Side {
    /** The subject's, with the oracle's or with their bounds. */
    SUBJECT,
    /** The oracle's own, with their bounds. */
    ORACLE
  }

  /** Is told every comparison that counts, so that a test can see that each may fail. */
  interface Counted {
    /** A number was compared. */
    void compared(Side side, Place place, boolean accepted);

    /** Nobody listens. */
    Counted UNHEARD = (side, place, accepted) -> {};
  }

  /** Compares the subject's numbers in the whole case. */
  Comparison(CaseResults results) {
    this(results, Side.SUBJECT, results.scripted(), 0);
  }

  /** Compares the numbers of a side. */
  Comparison of(Side other) {
    return new Comparison(results, other, asked, askedFrom);
  }

  /** Compares the numbers of one step, for which the oracle was asked a case of one step. */
  Comparison asking(StepCase oneStep, int step) {
    return new Comparison(results, side, oneStep, step);
  }

  DType dtype() {
    return results.scripted().dtype();
  }

  /** Two numbers must be the same: NaN is NaN, and the sign of a zero counts. */
  void same(Place place, double expected, double actual, String because) {
    boolean same = DType.same(expected, actual);
    results.count(side, place, same);
    if (!same) {
      Finding finding = finding(place, expected, actual, expected, expected);
      results.differ(side, finding, Optional.empty(), because);
    }
  }

  /** A number must be legal, its zeros of the sign of {@code sign}. */
  void legal(Place place, Bounded bound, double sign, double expected, double actual) {
    legal(place, bound, expected, actual, bound.accepts(actual, sign));
  }

  /** A number must be legal; zeros of both signs count as one. */
  void legal(Place place, Bounded bound, double expected, double actual) {
    legal(place, bound, expected, actual, bound.accepts(actual));
  }

  private void legal(Place place, Bounded bound, double expected, double actual, boolean accepted) {
    if (bound.acceptsAll()) {
      return;
    }
    results.count(side, place, accepted);
    if (accepted) {
      results.note(side, bound, actual);
    } else {
      boolean numbers = bound.low() <= bound.high();
      double low = numbers ? bound.low() : Double.NaN;
      double high = numbers ? bound.high() : Double.NaN;
      Finding finding = finding(place, expected, actual, low, high);
      results.differ(side, finding, Optional.of(bound), bound.toString());
    }
  }

  private Finding finding(Place place, double expected, double actual, double low, double high) {
    int step = place.step() - askedFrom;
    return new Finding(place, expected, actual, low, high, asked, step);
  }

  /** Every number of a state must be the same. */
  void sameState(int step, State expected, State actual, String because) {
    sameParameters(step, expected.parameters(), actual.parameters(), because);
    sameBuffers(step, expected.buffers(), actual.buffers(), because);
  }

  /** Every element of every parameter must be the same. */
  void sameParameters(
      int step, List<List<Tensor>> expected, List<List<Tensor>> actual, String because) {
    forEach(
        expected,
        step,
        Quantity.PARAMETER,
        (place, wanted) -> same(place, wanted, at(actual, place), because));
  }

  /** Every buffer must be there where it is expected, and be the same. */
  void sameBuffers(
      int step,
      List<List<Optional<Tensor>>> expected,
      List<List<Optional<Tensor>>> actual,
      String because) {
    forEach(
        expected,
        step,
        Quantity.BUFFER,
        (place, wanted) -> {
          Optional<Tensor> found = at(actual, place);
          samePresence(place, wanted, found);
          if (wanted.isPresent() && found.isPresent()) {
            same(place, wanted.get(), found.get(), because);
          }
        });
  }

  /** There must be buffers where they are expected, whatever they hold. */
  void buffersWhereExpected(
      int step, List<List<Optional<Tensor>>> expected, List<List<Optional<Tensor>>> actual) {
    forEach(
        expected,
        step,
        Quantity.BUFFER,
        (place, wanted) -> samePresence(place, wanted, at(actual, place)));
  }

  private void samePresence(Place place, Optional<Tensor> wanted, Optional<Tensor> found) {
    if (wanted.isPresent() != found.isPresent()) {
      results.differ(
          place.toString(),
          presence(wanted),
          presence(found),
          "a buffer just where momentum is not 0");
    }
  }

  private static String presence(Optional<Tensor> buffer) {
    return buffer.isPresent() ? "a buffer" : "no buffer";
  }

  private void same(Place place, Tensor expected, Tensor actual, String because) {
    if (!expected.shape().equals(actual.shape())) {
      results.differ(
          place.toString(),
          "shape " + expected.shape(),
          "shape " + actual.shape(),
          "the same shape");
      return;
    }
    for (int e = 0; e < expected.size(); e++) {
      same(place.at(e), expected.get(e), actual.get(e), because);
    }
  }

  /**
   * Every element of a state must be legal.
   *
   * @param expected the numbers to show beside those that are not; if empty, the legal number that
   *     is nearest to the real-number answer
   */
  void legal(int step, BoundedState bounds, Optional<State> expected, State actual) {
    forEach(
        bounds.parameters(),
        step,
        Quantity.PARAMETER,
        (place, legal) ->
            legal(
                place,
                legal,
                expected.map(state -> at(state.parameters(), place)),
                at(actual.parameters(), place)));
    forEach(
        bounds.buffers(),
        step,
        Quantity.BUFFER,
        (place, legal) -> {
          Optional<Tensor> found = at(actual.buffers(), place);
          if (legal.isPresent() && found.isPresent()) {
            legal(
                place,
                legal.get(),
                expected.flatMap(state -> at(state.buffers(), place)),
                found.get());
          }
        });
  }

  private void legal(Place place, List<Bounded> bounds, Optional<Tensor> expected, Tensor actual) {
    for (int e = 0; e < bounds.size(); e++) {
      Bounded bound = bounds.get(e);
      double shown = expected.isPresent() ? expected.get().get(e) : bound.nearest(dtype());
      legal(place.at(e), bound, shown, actual.get(e));
    }
  }

  private static <T> void forEach(
      List<List<T>> groups, int step, Quantity quantity, BiConsumer<Place, T> action) {
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < groups.get(g).size(); i++) {
        action.accept(new Place(step, quantity, g, i, 0), groups.get(g).get(i));
      }
    }
  }

  private static <T> T at(List<List<T>> groups, Place place) {
    return groups.get(place.group()).get(place.tensor());
  }
}
