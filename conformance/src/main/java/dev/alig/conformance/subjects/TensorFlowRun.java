package dev.alig.conformance.subjects;

import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One case under way in TensorFlow.
 *
 * <p>The variables carry the state from step to step, as a user's do. Where the next step has
 * gradients for other parameters, it is another graph's, and the state is copied over.
 */
final class TensorFlowRun {
  private final Scripted scripted;
  private final GraphSource graphs;
  private final State constructed;
  private State state;
  private Optional<Placement<?>> last = Optional.empty();

  TensorFlowRun(Scripted scripted, GraphSource graphs) {
    this.scripted = scripted;
    this.graphs = graphs;
    this.state = scripted.resumed().orElseGet(this::construct);
    this.constructed = state;
  }

  /** Takes the case's steps, with given step sizes or those that follow from its losses. */
  Trace run(Optional<List<List<Double>>> stepSizes) {
    List<TracedStep> taken = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      int index = k;
      taken.add(take(scripted.steps().get(k), stepSizes.map(given -> given.get(index))));
    }
    return new Trace(constructed, taken, Optional.empty());
  }

  private State construct() {
    Placement<?> first = place(scripted.steps().isEmpty() ? noStep() : scripted.steps().get(0));
    last = Optional.of(first);
    return first.construct();
  }

  private TracedStep take(Step step, Optional<List<Double>> given) {
    Placement<?> here = place(step);
    if (last.isEmpty() || !last.get().isSameAs(here)) {
      here.load(state);
    }
    TracedStep taken = here.take(step, given);
    state = taken.after();
    last = Optional.of(here);
    return taken;
  }

  private Placement<?> place(Step step) {
    return Placement.of(scripted, step, graphs);
  }

  /** What stands for the step of a case without any. */
  private Step noStep() {
    List<List<Optional<Tensor>>> gradients =
        scripted.groups().stream()
            .map(group -> group.parameters().stream().map(Optional::of).toList())
            .toList();
    return new Step(0, LossKind.TENSOR, gradients);
  }
}
