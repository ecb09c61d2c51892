package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Worst;
import java.util.List;
import java.util.Optional;

/** Compares numbers of one case, counts them, and keeps the first difference and the worst. */
final class Comparison {
  private final String caseId;
  private final DType dtype;
  private final String expectedFrom;
  private final String actualFrom;
  private boolean ofOracle;
  private long count;
  private Worst worst = Worst.NONE;
  private Optional<Difference> first = Optional.empty();

  Comparison(String caseId, DType dtype, String expectedFrom, String actualFrom) {
    this.caseId = caseId;
    this.dtype = dtype;
    this.expectedFrom = expectedFrom;
    this.actualFrom = actualFrom;
  }

  /** Says whose numbers are looked at: the oracle's own against the formula, or the subject's. */
  void ofOracle(boolean own) {
    ofOracle = own;
  }

  private String expectedFrom() {
    return ofOracle ? "the formula" : expectedFrom;
  }

  private String actualFrom() {
    return ofOracle ? expectedFrom : actualFrom;
  }

  long count() {
    return count;
  }

  Worst worst() {
    return worst;
  }

  Optional<Difference> first() {
    return first;
  }

  /** Records a difference, unless an earlier one is known. */
  void differ(String where, String expected, String actual, String allowed) {
    if (first.isEmpty()) {
      first = Optional.of(Difference.between(where, expected, actual, allowed));
    }
  }

  /** Two numbers must be the same, NaN by kind, zeros by sign. */
  void same(String where, double expected, double actual, DType shown, String because) {
    count++;
    if (!DType.same(expected, actual)) {
      differ(
          where,
          Difference.show(expected, shown) + "   " + expectedFrom(),
          Difference.show(actual, shown) + "   " + actualFrom(),
          because);
    }
  }

  /** A number must be legal. */
  void legal(String where, Legal legal, double sign, double expected, double actual) {
    count++;
    worst = worst.or(legal.ratio(actual, caseId));
    if (!legal.accepts(actual, sign)) {
      differ(
          where,
          Difference.show(expected, DType.DOUBLE) + "   " + expectedFrom(),
          Difference.show(actual, DType.DOUBLE) + "   " + actualFrom(),
          legal + ", exactly " + legal.centre());
    }
  }

  /** Notes a legal factor of a projection. */
  void factor(Legal legal, double factor) {
    worst = worst.or(legal.ratio(factor, caseId));
  }

  /** Counts a comparison with a bound of its own. */
  void bounded(Worst comparison) {
    count++;
    worst = worst.or(comparison);
  }

  /** Every element of every tensor must be the same. */
  void same(String what, List<List<Tensor>> expected, List<List<Tensor>> actual, String because) {
    for (int g = 0; g < expected.size(); g++) {
      for (int i = 0; i < expected.get(g).size(); i++) {
        String where = "%s, group %d, parameter %d".formatted(what, g, i);
        same(where, expected.get(g).get(i), actual.get(g).get(i), because);
      }
    }
  }

  /** Every buffer must be there where it is expected, and be the same. */
  void sameBuffers(
      String what,
      List<List<Optional<Tensor>>> expected,
      List<List<Optional<Tensor>>> actual,
      String because) {
    for (int g = 0; g < expected.size(); g++) {
      for (int i = 0; i < expected.get(g).size(); i++) {
        String where = "%s, group %d, buffer %d".formatted(what, g, i);
        Optional<Tensor> wanted = expected.get(g).get(i);
        Optional<Tensor> found = actual.get(g).get(i);
        if (wanted.isPresent() != found.isPresent()) {
          differ(where, presence(wanted), presence(found), "a buffer just where momentum is not 0");
        } else if (wanted.isPresent()) {
          same(where, wanted.get(), found.orElseThrow(), because);
        }
      }
    }
  }

  private static String presence(Optional<Tensor> buffer) {
    return buffer.isPresent() ? "a buffer" : "no buffer";
  }

  private void same(String where, Tensor expected, Tensor actual, String because) {
    if (!expected.shape().equals(actual.shape())) {
      differ(where, "shape " + expected.shape(), "shape " + actual.shape(), "the same shape");
      return;
    }
    for (int e = 0; e < expected.size(); e++) {
      if (DType.same(expected.get(e), actual.get(e))) {
        count++;
      } else {
        same(where + " [" + e + "]", expected.get(e), actual.get(e), dtype, because);
      }
    }
  }
}
