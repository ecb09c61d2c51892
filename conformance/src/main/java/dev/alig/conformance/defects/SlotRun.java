package dev.alig.conformance.defects;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The course of a case on plain arrays: construction, steps, and the trace of them. */
abstract class SlotRun {
  final Scripted scripted;
  final DType dtype;
  final List<Slot> slots = new ArrayList<>();
  private final List<TracedStep> traced = new ArrayList<>();

  SlotRun(Scripted scripted) {
    this.scripted = scripted;
    this.dtype = scripted.dtype();
  }

  /** What a buffer starts as. */
  abstract double[] initialBuffer(double[] parameter);

  /** The live buffer of a parameter. */
  abstract double[] buffer(Slot slot);

  /** Whether the state shows a buffer of a parameter. */
  abstract boolean reportsBuffer(Slot slot);

  abstract void projectAtConstruction();

  /** The step size before the caps. */
  abstract double unclipped(Step step);

  /** The step size of each group. */
  abstract List<Double> stepSizes(double unclipped);

  abstract double mean(List<Double> stepSizes, double unclipped);

  /** Takes a step with these step sizes, and reports it once. */
  abstract void step(Step step, double unclipped, List<Double> stepSizes);

  final Trace run() {
    State constructed = begin();
    for (Step step : scripted.steps()) {
      double unclipped = unclipped(step);
      step(step, unclipped, stepSizes(unclipped));
    }
    return new Trace(constructed, traced, Optional.empty());
  }

  final Trace runGiven(List<List<Double>> stepSizes) {
    State constructed = begin();
    for (int k = 0; k < scripted.steps().size(); k++) {
      step(scripted.steps().get(k), Double.NaN, stepSizes.get(k));
    }
    return new Trace(constructed, traced, Optional.empty());
  }

  private State begin() {
    construct();
    projectAtConstruction();
    scripted.resumed().ifPresent(this::load);
    return state();
  }

  private void construct() {
    for (int g = 0; g < scripted.groups().size(); g++) {
      Group group = scripted.groups().get(g);
      for (int i = 0; i < group.parameters().size(); i++) {
        Tensor parameter = group.parameters().get(i);
        double[] buffer = initialBuffer(parameter.toArray());
        slots.add(new Slot(g, i, group.momentum(), parameter.shape(), parameter.toArray(), buffer));
      }
    }
  }

  private void load(State state) {
    for (Slot slot : slots) {
      copy(state.parameters().get(slot.group).get(slot.index), slot.p);
      state.buffers().get(slot.group).get(slot.index).ifPresent(b -> copy(b, buffer(slot)));
    }
  }

  private static void copy(Tensor from, double[] to) {
    System.arraycopy(from.toArray(), 0, to, 0, to.length);
  }

  private State state() {
    List<List<Tensor>> parameters = new ArrayList<>();
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      parameters.add(new ArrayList<>());
      buffers.add(new ArrayList<>());
    }
    for (Slot slot : slots) {
      parameters.get(slot.group).add(Tensor.of(slot.shape, slot.p));
      buffers
          .get(slot.group)
          .add(
              reportsBuffer(slot)
                  ? Optional.of(Tensor.of(slot.shape, buffer(slot)))
                  : Optional.empty());
    }
    return new State(parameters, buffers);
  }

  void report(double unclipped, List<Double> stepSizes) {
    traced.add(new TracedStep(unclipped, stepSizes, mean(stepSizes, unclipped), state()));
  }

  /** The number of steps taken before the one under way. */
  final int stepsTaken() {
    return traced.size();
  }
}
