package dev.alig.conformance.subjects;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.conformance.model.DType;
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
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * A graph with one optimizer, and its session. It serves all steps with the same {@link GraphKey}.
 *
 * <p>Graphs of floats use {@link Sessions#usual}, with TensorFlow's graph optimizer. Graphs of
 * doubles and edited graphs use {@link Sessions#quick}. If a number of threads is given, graphs use
 * {@link Sessions#pooled}.
 *
 * <p>Loss and gradients are placeholders. The hyperparameters are constants of the optimizer, and
 * each run feeds other values for them.
 */
final class StepGraph<T extends TNumber> implements AutoCloseable {
  /** The constant in the graph for a hyperparameter that is fed. */
  private static final double FED = 1;

  /** TensorFlow-Java's name for the operation that runs all initializers. */
  private static final String INIT = "Init";

  /**
   * Its name in an edited graph. Sessions do not find it under this name, so they do not run it
   * unasked.
   */
  private static final String INITIALIZE = "initialize";

  private final Graph graph;
  private final Ops tf;
  private final GraphKey key;
  private final VariableKind kind;
  private final Placeholder<T> loss;
  private final List<List<Slot<T>>> groups;
  private final AliG optimizer;
  private final Op train;
  private final Optional<Op> setProjected;
  private final Session session;
  private @Nullable GraphDef definition;
  private int handles;

  /**
   * The value of a variable, its gradient if it has one, the value of its momentum, and the setters
   * of the variable and of its momentum.
   */
  record Slot<T extends TNumber>(
      Operand<T> value,
      Optional<Placeholder<T>> gradient,
      Setter<T> setter,
      Optional<Operand<T>> momentum,
      Optional<Setter<T>> momentumSetter) {}

  /** An operation that assigns a fed value. */
  record Setter<T extends TNumber>(Placeholder<T> value, Op assign) {}

  StepGraph(
      GraphKey key,
      Class<T> type,
      Semantics semantics,
      VariableKind kind,
      Optional<Integer> threads) {
    this.key = key;
    this.kind = kind;
    this.graph = new Graph();
    this.tf = Ops.create(graph);
    this.loss = tf.placeholder(type);
    this.session =
        threads.isPresent()
            ? Sessions.pooled(graph, threads.get())
            : key.dtype() == DType.FLOAT ? Sessions.usual(graph) : Sessions.quick(graph);
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

  /** The same optimizer in an edited graph, which has operations of the same names. */
  private StepGraph(StepGraph<T> original, GraphDef edited) {
    this.key = original.key;
    this.kind = original.kind;
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
   * The same optimizer in an edited copy of its graph, or this graph if the edit changes nothing.
   *
   * <p>Operations are found by their names in the original graph, which must stay open.
   */
  StepGraph<T> edited(GraphEdit edit) {
    return edit.apply(definition()).map(after -> new StepGraph<>(this, after)).orElse(this);
  }

  private Stream<Setter<T>> setters(Slot<T> slot) {
    return Stream.concat(Stream.of(slot.setter()), slot.momentumSetter().stream());
  }

  /**
   * Gives variables a value, because the optimizer's initializers read them. It uses one run,
   * because a session prepares each new set of operations.
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

  /**
   * A variable before the optimizer has added its slot.
   *
   * @param variable the variable, or the handle of a resource variable
   */
  private record Bare<T extends TNumber>(
      Output<?> variable, Optional<Placeholder<T>> gradient, Setter<T> setter) {
    /** A handle stands for a variable of the gradient's type. */
    @SuppressWarnings("unchecked")
    GradAndVar<T> pair() {
      return new GradAndVar<>(gradient.map(Operand::asOutput).orElse(null), (Output<T>) variable);
    }
  }

  private Bare<T> bare(Class<T> type, boolean hasGradient) {
    Output<?> variable =
        switch (kind) {
          case REFERENCE -> tf.variable(Shape.unknown(), type).asOutput();
          case RESOURCE ->
              tf.varHandleOp(type, Shape.unknown(), VarHandleOp.sharedName("w" + handles++))
                  .asOutput();
        };
    return new Bare<>(
        variable,
        hasGradient ? Optional.of(tf.placeholder(type)) : Optional.empty(),
        setter(variable));
  }

  private Slot<T> slot(Bare<T> bare) {
    Optional<Output<?>> momentum = optimizer.momentum(bare.variable);
    return new Slot<>(
        value(bare.variable),
        bare.gradient,
        bare.setter,
        momentum.map(this::value),
        momentum.map(this::setter));
  }

  @SuppressWarnings("unchecked")
  private Operand<T> value(Output<?> variable) {
    return switch (kind) {
      case REFERENCE -> (Operand<T>) variable;
      case RESOURCE -> tf.readVariableOp(variable, loss.type());
    };
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

  @SuppressWarnings("unchecked")
  private Setter<T> setter(Output<?> variable) {
    Placeholder<T> value = tf.placeholder(loss.type());
    Op assign =
        switch (kind) {
          case REFERENCE -> tf.assign((Operand<T>) variable, value, Assign.validateShape(false));
          case RESOURCE -> tf.assignVariableOp(variable, value);
        };
    return new Setter<>(value, assign);
  }

  /**
   * The graph's definition for edits. The operation that runs all initializers is renamed, so that
   * sessions do not run it unasked.
   */
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

  /** The radius of the first projection, and that of a step. */
  List<Output<TFloat64>> radii() {
    return List.of(constant("radius", 0), constant("radius", 1));
  }

  boolean hasBall() {
    return key.hasBall();
  }

  /** Marks the variables as projected, as in a restored checkpoint. */
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
