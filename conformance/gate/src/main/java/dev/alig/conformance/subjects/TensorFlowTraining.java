package dev.alig.conformance.subjects;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.AliGBuilder;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * The training of a model in a graph of TensorFlow-Java.
 *
 * <p>A step is two runs. The first computes loss and gradients, and updates the running statistics
 * of batch normalization. The second is the optimizer's step, which computes loss and gradients
 * again.
 */
final class TensorFlowTraining<T extends TFloating> implements Training {
  private final TrainingCase trained;
  private final TrainingBatches batches;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Class<T> type;
  private final List<Held<T>> parameters = new ArrayList<>();
  private final List<Held<T>> buffers = new ArrayList<>();
  private final List<Held<T>> statistics = new ArrayList<>();
  private final List<Placeholder<T>> features = new ArrayList<>();
  private final Placeholder<T> classes;
  private final Operand<T> loss;
  private final Optional<Operand<T>> scores;
  private final List<Output<?>> gradients;
  private final List<Op> averages;
  private final AliG optimizer;
  private final Op train;
  private final Session session;

  /** A variable, its shape, and how to set it. */
  private record Held<T extends TFloating>(
      Variable<T> variable, List<Integer> shape, Placeholder<T> value, Op assign) {}

  private TensorFlowTraining(
      TrainingCase trained, Class<T> type, Semantics semantics, ModelGraph.Builder models) {
    this.trained = trained;
    this.type = type;
    this.batches = new TrainingBatches(trained);
    trained.problem().parameters().forEach(named -> parameters.add(hold(named)));
    trained.problem().statistics().forEach(named -> statistics.add(hold(named)));
    trained.problem().features().forEach(any -> features.add(tf.placeholder(type)));
    this.classes = tf.placeholder(type);
    Map<String, Variable<T>> weights = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      weights.put(trained.problem().parameters().get(i).name(), parameters.get(i).variable);
    }
    Map<String, Variable<T>> all = new LinkedHashMap<>(weights);
    for (int i = 0; i < statistics.size(); i++) {
      all.put(trained.problem().statistics().get(i).name(), statistics.get(i).variable);
    }
    ModelGraph<T> model = models.of(tf, type, trained, all);
    this.loss = model.loss(features, classes);
    this.scores = model.scores(features);
    Output<?>[] variables =
        parameters.stream().map(held -> held.variable.asOutput()).toArray(Output<?>[]::new);
    this.gradients = Arrays.asList(graph.addGradients(loss.asOutput(), variables));
    this.averages = model.updates();
    this.session = model.session(graph);
    // Without the graph optimizer, the optimizer's variables read the shapes of initialized ones.
    session.initialize();
    this.optimizer = optimizer(semantics);
    this.train = optimizer.minimize(loss, List.copyOf(weights.values()));
    for (Held<T> held : parameters) {
      optimizer
          .getSlot(held.variable.asOutput(), AliG.MOMENTUM)
          .ifPresent(slot -> buffers.add(hold(slot, held.shape)));
    }
    if (optimizer.settings().ball().isBounded()) {
      session.run(optimizer.projection());
    }
  }

  static TensorFlowTraining<?> of(
      TrainingCase trained, Semantics semantics, ModelGraph.Builder models) {
    return trained.dtype() == DType.FLOAT
        ? new TensorFlowTraining<>(trained, TFloat32.class, semantics, models)
        : new TensorFlowTraining<>(trained, TFloat64.class, semantics, models);
  }

  private AliG optimizer(Semantics semantics) {
    TrainingCase.Rule rule = trained.rule();
    AliGBuilder builder =
        AliG.builder(graph)
            .semantics(semantics)
            .maxLearningRate(rule.cap())
            .momentum(rule.momentum())
            .momentumForm(rule.momentum() == 0 ? MomentumForm.ADJUSTED : rule.form())
            .eps(rule.eps());
    rule.radius().ifPresent(builder::l2Ball);
    return builder.build();
  }

  private Held<T> hold(Named named) {
    double[] values = named.value().toArray();
    long[] shape = named.value().shape().stream().mapToLong(Integer::longValue).toArray();
    Operand<T> initial = tf.dtypes.cast(tf.reshape(tf.constant(values), tf.constant(shape)), type);
    return hold(tf.withName(named.name()).variable(initial), named.value().shape());
  }

  private Held<T> hold(Variable<T> variable, List<Integer> shape) {
    Placeholder<T> value = tf.placeholder(type);
    return new Held<>(variable, shape, value, tf.assign(variable, value));
  }

  @Override
  public TrainedState state() {
    List<Tensor> momenta = read(buffers);
    return new TrainedState(
        read(parameters),
        isNegated() ? momenta.stream().map(TensorFlowTraining::negated).toList() : momenta,
        read(statistics));
  }

  /** Whether the optimizer's slots hold -v, as in the adjusted form. */
  private boolean isNegated() {
    return trained.rule().form() == MomentumForm.ADJUSTED;
  }

  private static Tensor negated(Tensor tensor) {
    return Tensor.of(tensor.shape(), Arrays.stream(tensor.toArray()).map(x -> 0 - x).toArray());
  }

  private List<Tensor> read(List<Held<T>> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    try (FedRun run = new FedRun(session)) {
      all.forEach(held -> run.fetch(held.variable));
      Result result = run.run();
      List<Tensor> tensors = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        tensors.add(TensorFlowTensors.tensor(all.get(i).shape, result.get(i)));
      }
      return tensors;
    }
  }

  @Override
  public void load(TrainedState state) {
    write(parameters, state.parameters());
    List<Tensor> momenta = state.buffers();
    write(
        buffers,
        isNegated() ? momenta.stream().map(TensorFlowTraining::negated).toList() : momenta);
    write(statistics, state.statistics());
  }

  private void write(List<Held<T>> all, List<Tensor> values) {
    if (all.isEmpty()) {
      return;
    }
    try (FedRun run = new FedRun(session)) {
      for (int i = 0; i < all.size(); i++) {
        run.feed(all.get(i).value, TensorFlowTensors.of(trained.dtype(), values.get(i)));
        run.target(all.get(i).assign);
      }
      run.run();
    }
  }

  @Override
  public TrainedStep step(int step) {
    List<Tensor> found = new ArrayList<>();
    double lossOfModel;
    try (FedRun run = fed(step)) {
      run.fetch(loss);
      gradients.forEach(run::fetch);
      averages.forEach(run::target);
      Result result = run.run();
      lossOfModel = TensorFlowTensors.tensor(List.of(), result.get(0)).get(0);
      for (int i = 0; i < parameters.size(); i++) {
        found.add(TensorFlowTensors.tensor(parameters.get(i).shape, result.get(i + 1)));
      }
    }
    try (FedRun run = fed(step)) {
      run.fetch(optimizer.unclippedStepSize());
      run.fetch(optimizer.stepSize());
      run.target(train);
      Result result = run.run();
      double unclipped = ((TFloat64) result.get(0)).getDouble();
      double stepSize = ((TFloat64) result.get(1)).getDouble();
      return new TrainedStep(lossOfModel, found, unclipped, stepSize, state());
    }
  }

  @Override
  public Optional<Tensor> scores(int step) {
    return scores.map(found -> evaluated(found, step));
  }

  private Tensor evaluated(Operand<T> found, int step) {
    try (FedRun run = fed(step)) {
      run.fetch(found);
      List<Integer> shape = List.of(batches.size(step), trained.problem().kinds());
      return TensorFlowTensors.tensor(shape, run.run().get(0));
    }
  }

  private FedRun fed(int step) {
    FedRun run = new FedRun(session);
    for (int i = 0; i < features.size(); i++) {
      run.feed(features.get(i), TensorFlowTensors.of(trained.dtype(), batches.features(i, step)));
    }
    run.feed(classes, TensorFlowTensors.of(trained.dtype(), batches.classes(step)));
    return run;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
