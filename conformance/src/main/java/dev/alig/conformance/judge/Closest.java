package dev.alig.conformance.judge;

import dev.alig.conformance.Closeness;
import dev.alig.conformance.DType;
import dev.alig.conformance.Histogram;
import dev.alig.conformance.Worst;
import dev.alig.conformance.bounds.Bounded;
import java.util.OptionalDouble;

/** How close the numbers of one side of a case have come to their bounds so far. */
final class Closest {
  private final String caseId;
  private final DType dtype;
  private final Histogram.Counter ratios = new Histogram.Counter();
  private Worst worst = Worst.NONE;

  Closest(String caseId, DType dtype) {
    this.caseId = caseId;
    this.dtype = dtype;
  }

  /** Takes note of a number that is known to be legal. */
  void note(Bounded bound, double value) {
    OptionalDouble found = bound.ratio(value, dtype);
    if (found.isEmpty()) {
      return;
    }
    double ratio = found.getAsDouble();
    ratios.count(ratio);
    if (ratio > worst.ratio()) {
      worst = bound.compared(value, ratio, caseId);
    }
  }

  Closeness closeness() {
    return new Closeness(worst, ratios.histogram());
  }
}
