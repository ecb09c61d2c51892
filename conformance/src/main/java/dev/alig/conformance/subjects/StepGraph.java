package dev.alig.conformance.subjects;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.conformance.DType;
import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.AliGBuilder;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * A graph with one optimizer, and a session for it: for all steps of one {@link GraphKey}.
 *
 * <p>Graphs of floats run as a user's do, with all threads and TensorFlow's graph optimizer; those
 * of doubles, and edited ones, as {@link Sessions} has it.
 *
 * <p>Loss and gradients are placeholders. The hyperparameters are constants in the optimizer's
 * scope, which every run overrides by feeding them.
 */
final class StepGraph<T extends TNumber> implements AutoCloseable {
  /** What stands in the graph for a value that is fed. */
  private static final double FED = 1;

  /** The name under which TensorFlow-Java exports the run of all initializers. */
  private static final String INIT = "Init";

  /** Its name in an edited graph, where no session finds it by itself. */
  private static final String INITIALIZE = "initialize";

  private final Graph graph;
  private final Ops tf;
  private final GraphKey key;
  private final Placeholder<T> loss;
  private final List<List<Slot<T>>> groups;
  private final AliG optimizer;
  private final Op train;
  private final Optional<Op> setProjected;
  private final Session session;
  private @Nullable GraphDef definition;

  /** A variable, its gradient where it has one, and ways to set it and its momentum. */
  record Slot<T extends TNumber>(
      Variable<T> variable,
      Optional<Placeholder<T>> gradient,
      Setter<T> setter,
      Optional<Variable<T>> momentum,
      Optional<Setter<T>> momentumSetter) {}

  /** Assigns what is fed. */
  record Setter<T extends TNumber>(Placeholder<T> value, Op assign) {}

  StepGraph(GraphKey key, Class<T> type, Semantics semantics) {
    this.key = key;
    this.graph = new Graph();
    this.tf = Ops.create(graph);
    this.loss = tf.placeholder(type);
    this.session = key.dtype() == DType.FLOAT ? new Session(graph) : Sessions.quick(graph);
    AliGBuilder builder = AliG.builder(graph).semantics(semantics).settings(settings());
    List<List<Bare<T>>> bare = new ArrayList<>();
    List<GradAndVar<?>> pairs = new ArrayList<>();
    for (GraphKey.OfGroup group : key.groups()) {
      List<Bare<T>> ofGroup = new ArrayList<>();
      for (int i = 0; i < key.present() + key.absent(); i++) {
        Bare<T> next = bare(type, i < key.present());
        ofGroup.add(next);
        pairs.add(next.pair());
      }
      bare.add(ofGroup);
      builder.group(
          settings(group), ofGroup.stream().map(Bare::variable).toArray(Operand<?>[]::new));
    }
    setEmpty(bare.stream().flatMap(List::stream).map(Bare::setter), type);
    this.optimizer = builder.build();
    this.train = optimizer.applyGradients(loss, pairs, "train");
    this.groups = bare.stream().map(group -> group.stream().map(this::slot).toList()).toList();
    this.setProjected = key.hasBall() ? Optional.of(setProjectedTrue()) : Optional.empty();
  }

  /** The same optimizer in another graph with operations of the same names. */
  private StepGraph(StepGraph<T> original, GraphDef edited) {
    this.key = original.key;
    this.definition = edited;
    this.graph = new Graph();
    graph.importGraphDef(edited);
    this.tf = Ops.create(graph);
    this.loss = original.loss;
    this.groups = original.groups;
    this.optimizer = original.optimizer;
    this.train = original.train;
    this.setProjected = original.setProjected;
    this.session = Sessions.quick(graph);
    setEmpty(groups.stream().flatMap(List::stream).flatMap(this::setters), loss.type());
  }

  /**
   * The same optimizer in an edited copy of its graph, or this one where nothing is edited.
   *
   * <p>Operations are found by the names that they have in the graph of the optimizer, which must
   * stay open.
   */
  StepGraph<T> edited(GraphEdit edit) {
    return edit.apply(definition()).map(after -> new StepGraph<>(this, after)).orElse(this);
  }

  private Stream<Setter<T>> setters(Slot<T> slot) {
    return Stream.concat(Stream.of(slot.setter()), slot.momentumSetter().stream());
  }

  /**
   * Gives variables a value: what the optimizer's initializers read must be there. In one run,
   * since a session prepares each set of operations that it is asked for anew.
   */
  private void setEmpty(Stream<Setter<T>> setters, Class<T> type) {
    try (FedRun run = new FedRun(session)) {
      setters.forEach(
          setter -> {
            run.feed(setter.value(), TensorFlowTensors.empty(type));
            run.target(setter.assign());
          });
      run.run();
    }
  }

  /** A variable before the optimizer has seen it. */
  private record Bare<T extends TNumber>(
      Variable<T> variable, Optional<Placeholder<T>> gradient, Setter<T> setter) {
    GradAndVar<T> pair() {
      return new GradAndVar<>(gradient.map(Operand::asOutput).orElse(null), variable.asOutput());
    }
  }

  private Bare<T> bare(Class<T> type, boolean hasGradient) {
    Variable<T> variable = tf.variable(Shape.unknown(), type);
    return new Bare<>(
        variable,
        hasGradient ? Optional.of(tf.placeholder(type)) : Optional.empty(),
        setter(variable));
  }

  private Slot<T> slot(Bare<T> bare) {
    Optional<Variable<T>> momentum = optimizer.getSlot(bare.variable.asOutput(), AliG.MOMENTUM);
    return new Slot<>(
        bare.variable, bare.gradient, bare.setter, momentum, momentum.map(this::setter));
  }

  private Op setProjectedTrue() {
    Output<TBool> projected = graph.outputOrThrow(AliG.NAME + "/projected:0").expect(TBool.class);
    return tf.assign(projected, tf.constant(true));
  }

  private Settings settings() {
    return Settings.builder()
        .eps(FED)
        .momentumForm(key.form())
        .ball(key.hasBall() ? new L2Ball(FED) : L2Ball.UNBOUNDED)
        .build();
  }

  private static GroupSettings settings(GraphKey.OfGroup group) {
    return new GroupSettings(
        group.isCapped() ? FED : GroupSettings.UNCAPPED, group.hasMomentum() ? FED : 0);
  }

  private Setter<T> setter(Variable<T> variable) {
    Placeholder<T> value = tf.placeholder(variable.type());
    return new Setter<>(value, tf.assign(variable, value, Assign.validateShape(false)));
  }

  /** The graph as it can be edited, without what lets a session run its initializers unasked. */
  private GraphDef definition() {
    if (definition == null) {
      GraphDef.Builder builder = graph.toGraphDef().toBuilder();
      builder.getNodeBuilderList().stream()
          .filter(node -> node.getName().equals(INIT))
          .forEach(node -> node.setName(INITIALIZE));
      definition = builder.build();
    }
    return definition;
  }

  /** Runs all initializers, if there are any. */
  void initialize() {
    session.forceInitialize();
    if (graph.operation(INITIALIZE) != null) {
      session.run(INITIALIZE);
    }
  }

  Session session() {
    return session;
  }

  AliG optimizer() {
    return optimizer;
  }

  Op train() {
    return train;
  }

  Placeholder<T> loss() {
    return loss;
  }

  List<List<Slot<T>>> groups() {
    return groups;
  }

  Output<TFloat64> eps() {
    return constant("eps", 0);
  }

  boolean isCapped(int group) {
    return key.groups().get(group).isCapped();
  }

  /** The cap of a group that has one. */
  Output<TFloat64> cap(int group) {
    int before = (int) key.groups().stream().limit(group).filter(g -> g.isCapped()).count();
    return constant("max_learning_rate", before);
  }

  /** The momentum of a group that has one. */
  Output<TFloat64> momentum(int group) {
    int before = (int) key.groups().stream().limit(group).filter(g -> g.hasMomentum()).count();
    return constant("momentum", before);
  }

  /** The radius, as the projection at the start has it and as a step has it. */
  List<Output<TFloat64>> radii() {
    return List.of(constant("radius", 0), constant("radius", 1));
  }

  boolean hasBall() {
    return key.hasBall();
  }

  /** Makes the optimizer take the variables for projected, as a restored checkpoint does. */
  Op setProjected() {
    return setProjected.orElseThrow();
  }

  private Output<TFloat64> constant(String name, int index) {
    String unique = index == 0 ? name : name + "_" + index;
    return graph.outputOrThrow("%s/%s:0".formatted(AliG.NAME, unique)).expect(TFloat64.class);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
