package dev.alig.conformance.subjects;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LentGradients;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.types.family.TNumber;

/**
 * The run of one case in TensorFlow.
 *
 * <p>The variables keep the state from step to step, as a user's do. If the next step has gradients
 * for other parameters, it needs another graph, and the state is copied to it.
 */
final class TensorFlowRun {
  private final StepCase scripted;
  private final GraphSource graphs;
  private final State constructed;
  private State state;
  private Optional<Placement<?>> last = Optional.empty();

  TensorFlowRun(StepCase scripted, GraphSource graphs) {
    this.scripted = scripted;
    this.graphs = graphs;
    this.state = scripted.resumed().orElseGet(this::construct);
    this.constructed = state;
  }

  /** Takes the case's steps, with the given step sizes or those computed from its losses. */
  Trace run(Optional<List<List<Double>>> stepSizes) {
    List<TracedStep> taken = new ArrayList<>();
    try (TensorFlowMemory memory = new TensorFlowMemory(scripted.dtype())) {
      LentGradients<TNumber> lent = new LentGradients<>(scripted, memory);
      for (int k = 0; k < scripted.steps().size(); k++) {
        int index = k;
        taken.add(take(scripted.steps().get(k), stepSizes.map(given -> given.get(index)), lent));
      }
      return new Trace(constructed, taken, Optional.empty(), Optional.of(lent.effects()));
    }
  }

  private State construct() {
    Placement<?> first = place(scripted.steps().isEmpty() ? noStep() : scripted.steps().get(0));
    last = Optional.of(first);
    return first.construct();
  }

  private TracedStep take(
      Step step, Optional<List<Double>> given, LentGradients<TNumber> gradients) {
    Placement<?> here = place(step);
    if (last.isEmpty() || !last.get().isSameAs(here)) {
      here.load(state);
    }
    try (TNumber loss = TensorFlowTensors.scalar(scripted.dtype(), step.loss())) {
      TracedStep taken = here.take(given, loss, gradients.lend(step));
      gradients.takeBack();
      double narrow = scripted.dtype().round(step.loss());
      Tensor now = TensorFlowTensors.tensor(List.of(), loss);
      gradients.look(DType.same(now.get(0), narrow), "changes the loss");
      state = taken.after();
      last = Optional.of(here);
      return taken;
    }
  }

  private Placement<?> place(Step step) {
    return Placement.of(scripted, step, graphs);
  }

  /** The step that determines the graph of a case without steps. */
  private Step noStep() {
    List<List<Optional<Tensor>>> gradients =
        scripted.groups().stream()
            .map(group -> group.parameters().stream().map(Optional::of).toList())
            .toList();
    return new Step(0, LossKind.TENSOR, gradients);
  }
}
