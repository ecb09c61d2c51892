package dev.alig.conformance.judge;

import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.Place.Quantity;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * One number of one side, replaced.
 *
 * @param side whose number it is
 * @param place where it stands
 * @param value what stands there instead
 * @param where in which runs of that side: it may run a case with its ball, without it, or both
 */
record Spoil(Side side, Place place, double value, Runs where) {
  /** Which runs of a side are spoilt. */
  enum Runs {
    WITH_BALL,
    WITHOUT_BALL,
    ALL
  }

  /** Numbers to try: some are beyond any bound that has an end, and 0.1 is no float. */
  static List<Double> instead(double value) {
    return List.of(
        Double.NaN,
        value == 0 ? 1.0 : -value,
        1.5 * value + 1,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0.1,
        0.0,
        -0.0);
  }

  /** A trace with the number replaced; the same trace where it does not have the number. */
  Trace in(Trace trace) {
    return in(trace, place.step());
  }

  /** The same where the number's step is another one of the trace. */
  Trace in(Trace trace, int step) {
    Place there = new Place(step, place.quantity(), place.group(), place.tensor(), place.element());
    OptionalDouble found = there.in(trace);
    if (found.isEmpty()) {
      return trace;
    }
    if (step == Place.CONSTRUCTION) {
      return new Trace(changed(trace.constructed()), trace.steps(), trace.raised());
    }
    List<TracedStep> steps = new ArrayList<>(trace.steps());
    steps.set(step, changed(steps.get(step)));
    return new Trace(trace.constructed(), steps, trace.raised());
  }

  private TracedStep changed(TracedStep step) {
    Quantity quantity = place.quantity();
    List<Double> sizes = new ArrayList<>(step.stepSizes());
    if (quantity == Quantity.STEP_SIZE) {
      sizes.set(place.group(), value);
    }
    return new TracedStep(
        quantity == Quantity.UNCLIPPED ? value : step.unclipped(),
        sizes,
        quantity == Quantity.MEAN ? value : step.mean(),
        changed(step.after()));
  }

  private State changed(State state) {
    return switch (place.quantity()) {
      case PARAMETER -> new State(replaced(state.parameters(), this::changed), state.buffers());
      case BUFFER ->
          new State(
              state.parameters(), replaced(state.buffers(), tensor -> tensor.map(this::changed)));
      default -> state;
    };
  }

  private Tensor changed(Tensor tensor) {
    double[] values = tensor.toArray();
    values[place.element()] = value;
    return Tensor.of(tensor.shape(), values);
  }

  private <T> List<List<T>> replaced(List<List<T>> groups, UnaryOperator<T> change) {
    List<List<T>> all = new ArrayList<>(groups);
    List<T> group = new ArrayList<>(all.get(place.group()));
    group.set(place.tensor(), change.apply(group.get(place.tensor())));
    all.set(place.group(), group);
    return all;
  }

  /** Whether a run of a case is to be spoilt. */
  boolean reaches(boolean hasBall) {
    return where == Runs.ALL || hasBall == (where == Runs.WITH_BALL);
  }
}
