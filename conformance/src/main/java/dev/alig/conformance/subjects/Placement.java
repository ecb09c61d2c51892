package dev.alig.conformance.subjects;

import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.subjects.StepGraph.Setter;
import dev.alig.conformance.subjects.StepGraph.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * A case's parameters in the variables of a graph.
 *
 * @param order for each group, which parameter each slot holds: those with a gradient first
 */
record Placement<T extends TNumber>(
    Scripted scripted, StepGraph<T> graph, List<List<Integer>> order) {
  static <T extends TNumber> Placement<T> of(Scripted scripted, Step step, StepGraph<T> graph) {
    List<List<Integer>> order = new ArrayList<>();
    for (List<Optional<Tensor>> gradients : step.gradients()) {
      List<Integer> ofGroup = new ArrayList<>();
      for (boolean present : new boolean[] {true, false}) {
        for (int i = 0; i < gradients.size(); i++) {
          if (gradients.get(i).isPresent() == present) {
            ofGroup.add(i);
          }
        }
      }
      order.add(ofGroup);
    }
    return new Placement<>(scripted, graph, order);
  }

  /** Whether variables here hold what they hold there. */
  boolean isSameAs(Placement<?> other) {
    return graph == other.graph && order.equals(other.order);
  }

  /** Initializes the variables as a session does, projects them, and tells the state. */
  State construct() {
    // Momentum has no initial value of its own, so that zeros must come from the initializer.
    set(scripted.groups().stream().map(Group::parameters).toList(), poison());
    graph.session().forceInitialize();
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
      graph.session().run(graph.setProjected());
    }
    List<List<Optional<Tensor>>> stored = new ArrayList<>();
    for (List<Optional<Tensor>> group : state.buffers()) {
      stored.add(group.stream().map(buffer -> buffer.map(this::stored)).toList());
    }
    set(state.parameters(), stored);
  }

  /** Takes one step. */
  TracedStep take(Step step, Optional<List<Double>> given) {
    try (FedRun run = new FedRun(graph.session())) {
      run.target(graph.train());
      feed(run, step);
      given.ifPresent(sizes -> feedStepSizes(run, sizes));
      run.fetch(graph.optimizer().unclippedStepSize());
      run.fetch(graph.optimizer().stepSize());
      graph.optimizer().stepSizes().forEach(run::fetch);
      Result result = run.run();
      List<Double> sizes = new ArrayList<>();
      for (int g = 0; g < scripted.groups().size(); g++) {
        sizes.add(number(result, 2 + g));
      }
      return new TracedStep(number(result, 0), sizes, number(result, 1), state());
    }
  }

  private void feed(FedRun run, Step step) {
    run.feed(graph.loss(), TensorFlowTensors.scalar(scripted.dtype(), step.loss()));
    run.feed(graph.eps(), TFloat64.scalarOf(scripted.eps()));
    feedRadius(run);
    for (int g = 0; g < order.size(); g++) {
      Group group = scripted.groups().get(g);
      if (group.cap() != Double.POSITIVE_INFINITY) {
        run.feed(graph.cap(g), TFloat64.scalarOf(group.cap()));
      }
      if (group.hasBuffers() && !group.parameters().isEmpty()) {
        run.feed(graph.momentum(g), TFloat64.scalarOf(group.momentum()));
      }
      for (int s = 0; s < order.get(g).size(); s++) {
        Optional<Tensor> gradient = step.gradients().get(g).get(order.get(g).get(s));
        if (gradient.isPresent()) {
          run.feed(graph.groups().get(g).get(s).gradient().orElseThrow(), tensor(gradient.get()));
        }
      }
    }
  }

  private void feedStepSizes(FedRun run, List<Double> sizes) {
    for (int g = 0; g < sizes.size(); g++) {
      run.feed(graph.optimizer().stepSizes().get(g), TFloat64.scalarOf(sizes.get(g)));
    }
  }

  private void feedRadius(FedRun run) {
    OptionalDouble radius = scripted.radius();
    if (graph.hasBall()) {
      for (Operand<TFloat64> fed : graph.radii()) {
        run.feed(fed, TFloat64.scalarOf(radius.orElseThrow()));
      }
    }
  }

  private void set(List<List<Tensor>> parameters, List<List<Optional<Tensor>>> momenta) {
    try (FedRun run = new FedRun(graph.session())) {
      for (int g = 0; g < order.size(); g++) {
        for (int s = 0; s < order.get(g).size(); s++) {
          int parameter = order.get(g).get(s);
          Slot<T> slot = graph.groups().get(g).get(s);
          set(run, slot.setter(), parameters.get(g).get(parameter));
          Optional<Tensor> momentum = momenta.get(g).get(parameter);
          if (slot.momentumSetter().isPresent() && momentum.isPresent()) {
            set(run, slot.momentumSetter().get(), momentum.get());
          }
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
      for (List<Slot<T>> group : graph.groups()) {
        for (Slot<T> slot : group) {
          run.fetch(slot.variable());
          slot.momentum().ifPresent(run::fetch);
        }
      }
      Result result = run.run();
      List<List<Tensor>> parameters = new ArrayList<>();
      List<List<Optional<Tensor>>> buffers = new ArrayList<>();
      int next = 0;
      for (int g = 0; g < order.size(); g++) {
        List<Tensor> ofGroup = scripted.groups().get(g).parameters();
        Tensor[] found = new Tensor[ofGroup.size()];
        List<Optional<Tensor>> momenta =
            new ArrayList<>(java.util.Collections.nCopies(ofGroup.size(), Optional.empty()));
        for (int s = 0; s < found.length; s++) {
          int parameter = order.get(g).get(s);
          List<Integer> shape = ofGroup.get(parameter).shape();
          found[parameter] = TensorFlowTensors.tensor(shape, result.get(next++));
          if (graph.groups().get(g).get(s).momentum().isPresent()) {
            Tensor stored = TensorFlowTensors.tensor(shape, result.get(next++));
            momenta.set(parameter, Optional.of(stored(stored)));
          }
        }
        parameters.add(Arrays.asList(found));
        buffers.add(momenta);
      }
      return new State(parameters, buffers);
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

  /** From momentum to slot and back: the slot of the adjusted form holds −v. */
  private Tensor stored(Tensor momentum) {
    return switch (scripted.form()) {
      case STANDARD -> momentum;
      case ADJUSTED -> {
        double[] values = momentum.toArray();
        for (int i = 0; i < values.length; i++) {
          // 0 - v, and not -v, since a slot of zeros stands for momentum of 0.0.
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
