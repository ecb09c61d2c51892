package dev.alig.conformance.subjects;

import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.subjects.StepGraph.Setter;
import dev.alig.conformance.subjects.StepGraph.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Assigns a case's parameters to the variables of a graph.
 *
 * @param groups for each group of the graph, the index of the case's group
 * @param slots for each group of the graph, the index of the parameter that each slot holds, those
 *     with a gradient first; empty for a spare slot
 */
record Placement<T extends TNumber>(
    StepCase scripted,
    StepGraph<T> graph,
    List<Integer> groups,
    List<List<Optional<Integer>>> slots) {
  private static final Tensor EMPTY = Tensor.vector();

  static Placement<?> of(StepCase scripted, Step step, GraphSource graphs) {
    GraphKey key = GraphKey.of(scripted, step, graphs.semantics());
    List<Integer> groups = GraphKey.order(scripted, graphs.semantics());
    List<List<Optional<Integer>>> slots = new ArrayList<>();
    for (int group : groups) {
      List<Optional<Tensor>> gradients = step.gradients().get(group);
      List<Optional<Integer>> ofGroup = new ArrayList<>(indices(gradients, true, key.present()));
      ofGroup.addAll(indices(gradients, false, key.absent()));
      slots.add(ofGroup);
    }
    return of(scripted, graphs.of(key), groups, slots);
  }

  private static <T extends TNumber> Placement<T> of(
      StepCase scripted,
      StepGraph<T> graph,
      List<Integer> groups,
      List<List<Optional<Integer>>> slots) {
    return new Placement<>(scripted, graph, groups, slots);
  }

  private static List<Optional<Integer>> indices(
      List<Optional<Tensor>> gradients, boolean present, int room) {
    List<Optional<Integer>> indices = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i).isPresent() == present) {
        indices.add(Optional.of(i));
      }
    }
    while (indices.size() < room) {
      indices.add(Optional.empty());
    }
    return indices;
  }

  /** Whether both placements assign the same parameters to the same variables. */
  boolean isSameAs(Placement<?> other) {
    return graph == other.graph && groups.equals(other.groups) && slots.equals(other.slots);
  }

  /** Initializes the variables as a session does, projects them, and returns the state. */
  State construct() {
    // The slots are first set to NaN, so that zeros must come from their initializer.
    set(scripted.groups().stream().map(Group::parameters).toList(), poison());
    graph.initialize();
    if (graph.hasBall()) {
      try (FedRun run = new FedRun(graph.session())) {
        run.target(graph.optimizer().projection());
        feedRadius(run);
        run.run();
      }
    }
    return state();
  }

  /** Sets the variables to a state, as a restored checkpoint would. */
  void load(State state) {
    if (graph.hasBall()) {
      try (FedRun run = new FedRun(graph.session())) {
        run.target(graph.setProjected());
        run.run();
      }
    }
    List<List<Optional<Tensor>>> stored = new ArrayList<>();
    for (List<Optional<Tensor>> group : state.buffers()) {
      stored.add(group.stream().map(buffer -> buffer.map(this::stored)).toList());
    }
    set(state.parameters(), stored);
  }

  /** Takes one step with a loss and gradients that the caller keeps. */
  TracedStep take(
      Optional<List<Double>> given, TNumber loss, List<List<Optional<TNumber>>> gradients) {
    try (FedRun run = new FedRun(graph.session())) {
      run.target(graph.train());
      run.lend(graph.loss(), loss);
      feed(run, gradients);
      if (given.isPresent()) {
        feedStepSizes(run, given.get());
        run.run();
        return new TracedStep(Double.NaN, given.get(), Double.NaN, state());
      }
      run.fetch(graph.optimizer().unclippedStepSize());
      run.fetch(graph.optimizer().stepSize());
      graph.optimizer().stepSizes().forEach(run::fetch);
      Result result = run.run();
      Double[] sizes = new Double[groups.size()];
      for (int g = 0; g < sizes.length; g++) {
        sizes[groups.get(g)] = number(result, 2 + g);
      }
      return new TracedStep(number(result, 0), Arrays.asList(sizes), number(result, 1), state());
    }
  }

  private void feed(FedRun run, List<List<Optional<TNumber>>> lent) {
    run.feed(graph.eps(), TFloat64.scalarOf(scripted.eps()));
    feedRadius(run);
    for (int g = 0; g < slots.size(); g++) {
      Group group = scripted.groups().get(groups.get(g));
      if (graph.isCapped(g)) {
        run.feed(graph.cap(g), TFloat64.scalarOf(group.cap()));
      }
      if (group.hasBuffers()) {
        run.feed(graph.momentum(g), TFloat64.scalarOf(group.momentum()));
      }
      List<Optional<TNumber>> gradients = lent.get(groups.get(g));
      for (int s = 0; s < slots.get(g).size(); s++) {
        Optional<Placeholder<T>> gradient = graph.groups().get(g).get(s).gradient();
        Optional<TNumber> value = slots.get(g).get(s).flatMap(gradients::get);
        if (gradient.isPresent() && value.isPresent()) {
          run.lend(gradient.get(), value.get());
        } else if (gradient.isPresent()) {
          run.feed(gradient.get(), tensor(EMPTY));
        }
      }
    }
  }

  private void feedStepSizes(FedRun run, List<Double> sizes) {
    for (int g = 0; g < groups.size(); g++) {
      run.feed(graph.optimizer().stepSizes().get(g), TFloat64.scalarOf(sizes.get(groups.get(g))));
    }
  }

  private void feedRadius(FedRun run) {
    if (graph.hasBall()) {
      for (Operand<TFloat64> fed : graph.radii()) {
        run.feed(fed, TFloat64.scalarOf(scripted.radius().orElseThrow()));
      }
    }
  }

  private void set(List<List<Tensor>> parameters, List<List<Optional<Tensor>>> momenta) {
    try (FedRun run = new FedRun(graph.session())) {
      for (int g = 0; g < slots.size(); g++) {
        List<Tensor> values = parameters.get(groups.get(g));
        List<Optional<Tensor>> stored = momenta.get(groups.get(g));
        for (int s = 0; s < slots.get(g).size(); s++) {
          Slot<T> slot = graph.groups().get(g).get(s);
          Optional<Integer> index = slots.get(g).get(s);
          set(run, slot.setter(), index.map(values::get).orElse(EMPTY));
          Tensor momentum = index.flatMap(stored::get).orElse(EMPTY);
          slot.momentumSetter().ifPresent(setter -> set(run, setter, momentum));
        }
      }
      run.run();
    }
  }

  private void set(FedRun run, Setter<T> setter, Tensor value) {
    run.feed(setter.value(), tensor(value));
    run.target(setter.assign());
  }

  private State state() {
    try (FedRun run = new FedRun(graph.session())) {
      forEach((g, index, slot) -> fetch(run, slot));
      Result result = run.run();
      List<Tensor[]> parameters = new ArrayList<>();
      List<List<Optional<Tensor>>> buffers = new ArrayList<>();
      for (Group group : scripted.groups()) {
        parameters.add(new Tensor[group.parameters().size()]);
        buffers.add(
            new ArrayList<>(Collections.nCopies(group.parameters().size(), Optional.empty())));
      }
      Iterator<Map.Entry<String, org.tensorflow.Tensor>> found = result.iterator();
      forEach(
          (g, index, slot) -> {
            List<Integer> shape = scripted.groups().get(g).parameters().get(index).shape();
            parameters.get(g)[index] = TensorFlowTensors.tensor(shape, found.next().getValue());
            if (slot.momentum().isPresent()) {
              Tensor stored = TensorFlowTensors.tensor(shape, found.next().getValue());
              buffers.get(g).set(index, Optional.of(stored(stored)));
            }
          });
      return new State(parameters.stream().map(Arrays::asList).toList(), buffers);
    }
  }

  private void fetch(FedRun run, Slot<T> slot) {
    run.fetch(slot.value());
    slot.momentum().ifPresent(run::fetch);
  }

  /** A parameter of the case and the slot that holds it. */
  private interface Held<T extends TNumber> {
    void accept(int group, int parameter, Slot<T> slot);
  }

  private void forEach(Held<T> action) {
    for (int g = 0; g < slots.size(); g++) {
      for (int s = 0; s < slots.get(g).size(); s++) {
        int group = groups.get(g);
        Slot<T> slot = graph.groups().get(g).get(s);
        slots.get(g).get(s).ifPresent(index -> action.accept(group, index, slot));
      }
    }
  }

  private List<List<Optional<Tensor>>> poison() {
    List<List<Optional<Tensor>>> poison = new ArrayList<>();
    for (Group group : scripted.groups()) {
      poison.add(group.parameters().stream().map(p -> Optional.of(filled(p, Double.NaN))).toList());
    }
    return poison;
  }

  private static Tensor filled(Tensor like, double value) {
    double[] values = new double[like.size()];
    Arrays.fill(values, value);
    return Tensor.of(like.shape(), values);
  }

  /** Converts momentum to the slot's value, or back: in the adjusted form the slot holds −v. */
  private Tensor stored(Tensor momentum) {
    return switch (scripted.form()) {
      case STANDARD -> momentum;
      case ADJUSTED -> {
        double[] values = momentum.toArray();
        for (int i = 0; i < values.length; i++) {
          // 0 - v and not -v, because a slot of 0.0 must give a momentum of 0.0.
          values[i] = 0 - values[i];
        }
        yield Tensor.of(momentum.shape(), values);
      }
    };
  }

  private TNumber tensor(Tensor tensor) {
    return TensorFlowTensors.of(scripted.dtype(), tensor);
  }

  private static double number(Result result, int index) {
    return ((TFloat64) result.get(index)).getDouble();
  }
}
