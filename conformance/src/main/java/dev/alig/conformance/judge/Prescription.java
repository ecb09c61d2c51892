package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Enclosure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Puts the subject's step sizes into the oracle, through its public interface alone.
 *
 * <p>With an infinite loss every finite denominator gives an infinite step size, so that the caps
 * alone decide; a NaN goes through as a NaN loss. This needs no entrance that an original lacks.
 */
final class Prescription {
  private final Scripted scripted;
  private final Trace actual;

  Prescription(Scripted scripted, Trace actual) {
    this.scripted = scripted;
    this.actual = actual;
  }

  /** Whether the oracle took the subject's step sizes by itself, with nothing after the update. */
  boolean isAnsweredBy(Trace natural, int k) {
    return scripted.radius().isEmpty() && hasStepSizes(natural, k);
  }

  /** Whether the oracle's one step had the subject's step sizes; an oracle that raised has none. */
  boolean hasStepSizes(Trace oracle, int k) {
    return oracle.steps().isEmpty()
        || oracle.steps().get(0).stepSizes().equals(actual.steps().get(k).stepSizes());
  }

  /** Step {@code k} from the subject's state, without projection, with the subject's step sizes. */
  Scripted of(Trace natural, int k) {
    Step step = scripted.steps().get(k);
    if (hasStepSizes(natural, k)) {
      return scripted.unprojected().continuedFrom(actual.before(k), List.of(step));
    }
    List<Double> stepSizes = actual.steps().get(k).stepSizes();
    boolean nan = stepSizes.stream().anyMatch(size -> Double.isNaN(size));
    double loss = nan ? Double.NaN : Double.POSITIVE_INFINITY;
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      Group group = scripted.groups().get(g);
      OptionalDouble cap = nan ? OptionalDouble.empty() : OptionalDouble.of(stepSizes.get(g));
      groups.add(new Group(cap, group.momentum(), group.parameters()));
    }
    return scripted
        .unprojected()
        .withGroups(groups)
        .continuedFrom(actual.before(k), List.of(new Step(loss, LossKind.FLOAT, step.gradients())));
  }

  /**
   * Whether the oracle refused a step that it should take.
   *
   * <p>The original divides by Python's 0 where no gradient is present and eps is 0, and torch
   * refuses to convert a Python number that overflows the dtype: the loss, or a step size, or a
   * step size times momentum. Java follows IEEE 754 there.
   */
  boolean raisedWithoutReason(Trace oracle, int k) {
    if (oracle.raised().isEmpty()) {
      return false;
    }
    Step step = scripted.steps().get(k);
    if (!step.hasGradient()) {
      return scripted.eps() != 0;
    }
    boolean overflows = overflows(step.loss());
    TracedStep taken = actual.steps().get(k);
    for (int g = 0; g < scripted.groups().size(); g++) {
      double size = taken.stepSizes().get(g);
      double product = size * scripted.groups().get(g).momentum();
      overflows |= overflows(size) || (Double.isFinite(size) && overflows(product));
      overflows |= Double.isFinite(size) && Double.isInfinite(product);
    }
    return !overflows;
  }

  private boolean overflows(double number) {
    DType dtype = scripted.dtype();
    return Double.isFinite(number) && Double.isInfinite(dtype.round(number));
  }

  /** Whether prescribed step sizes failed to reach the update, though the denominator is finite. */
  boolean isDeaf(Trace oracle, int k, Enclosure enclosure) {
    return !hasStepSizes(oracle, k) && !enclosure.mayOverflow(scripted.steps().get(k));
  }
}
