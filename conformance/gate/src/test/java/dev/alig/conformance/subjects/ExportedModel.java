package dev.alig.conformance.subjects;

import static java.util.Locale.ROOT;

import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.TrainableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat64;

/** A model that {@code alig_oracle.exported} has written, with ALI-G's step on it. */
final class ExportedModel implements AutoCloseable {
  /** In which form Python has written a model. */
  enum Kind {
    GRAPH(""),
    MODULE("train"),
    KERAS("serving_default");

    private final String signature;

    Kind(String signature) {
      this.signature = signature;
    }

    /** The first part of the names of its files. */
    String file() {
      return name().toLowerCase(ROOT);
    }
  }

  /** The trained parameters and their momentum, by name. */
  record State(Map<String, List<Double>> parameters, Map<String, List<Double>> momentum) {}

  /** A step. Its names are those of a trace that Python reads. */
  record Step(double loss, double step_size, State before, State after) {}

  private final Kind kind;
  private final Optional<TrainableModel> model;
  private final Graph graph;
  private final Operand<TFloat64> loss;
  private final AliG optimizer;
  private final Op train;
  private final Map<Operand<?>, Tensor> feeds = new LinkedHashMap<>();
  private final List<Output<?>> variables = new ArrayList<>();
  private final List<Operand<TFloat64>> values = new ArrayList<>();

  /**
   * Reads a model, adds a loss if it has none, and builds the step.
   *
   * @param file of a GraphDef, or the folder of a SavedModel
   */
  ExportedModel(Kind kind, Path file, ExportedData data) throws IOException {
    this.kind = kind;
    if (kind == Kind.GRAPH) {
      model = Optional.empty();
      graph = new Graph();
      GraphDef definition = GraphDef.parseFrom(Files.readAllBytes(file));
      graph.importGraphDef(TrainableModel.extract(definition, "loss", "initialize"));
    } else {
      model = Optional.of(TrainableModel.load(file));
      graph = model.get().graph();
    }
    loss =
        switch (kind) {
          case GRAPH -> graphLoss(data);
          case MODULE -> moduleLoss(model.orElseThrow(), data);
          case KERAS -> kerasLoss(model.orElseThrow(), data);
        };
    optimizer =
        AliG.builder(graph)
            .maxLearningRate(ExportedData.MAX_LEARNING_RATE)
            .momentum(ExportedData.MOMENTUM)
            .build();
    train = optimizer.minimize(loss, variables, "train");
    Ops tf = Ops.create(graph);
    for (Output<?> variable : variables) {
      values.add(tf.readVariableOp(variable, TFloat64.class));
    }
    for (Output<?> variable : variables) {
      values.add(tf.readVariableOp(optimizer.momentum(variable).orElseThrow(), TFloat64.class));
    }
  }

  private Operand<TFloat64> graphLoss(ExportedData data) {
    feed(output("x"), output("ids"), data);
    feeds.put(output("y"), data.y());
    ExportedData.TRAINED.forEach(name -> variables.add(output(name)));
    return graph.operation("loss").output(0);
  }

  private Operand<TFloat64> moduleLoss(TrainableModel from, ExportedData data) {
    feed(input("x"), input("ids"), data);
    feeds.put(input("y"), data.y());
    variables.addAll(inOrder(from.trainableVariables(kind.signature)));
    return from.output(kind.signature, "loss");
  }

  private Operand<TFloat64> kerasLoss(TrainableModel from, ExportedData data) {
    feed(input("x"), input("ids"), data);
    variables.addAll(inOrder(from.trainableVariables(kind.signature)));
    Ops tf = Ops.create(graph);
    Operand<TFloat64> labels = tf.placeholder(TFloat64.class);
    feeds.put(labels, data.y());
    Operand<TFloat64> off =
        tf.math.squaredDifference(from.<TFloat64>output(kind.signature, "output_0"), labels);
    return tf.math.mean(off, tf.constant(new int[] {0, 1}));
  }

  private void feed(Operand<?> x, Operand<?> ids, ExportedData data) {
    feeds.put(x, data.x());
    feeds.put(ids, data.ids());
  }

  private Operand<?> input(String name) {
    return model.orElseThrow().input(kind.signature, name);
  }

  private Output<?> output(String operation) {
    return graph.operationOrThrow(operation).output(0);
  }

  /** Puts variables into the order of the data. Keras appends to their names. */
  private static List<Output<?>> inOrder(List<Output<?>> listed) {
    if (listed.size() != ExportedData.TRAINED.size()) {
      throw new IllegalStateException("not the trained variables: " + listed);
    }
    return ExportedData.TRAINED.stream()
        .<Output<?>>map(
            name ->
                listed.stream()
                    .filter(variable -> variable.op().name().startsWith(name))
                    .findAny()
                    .orElseThrow())
        .toList();
  }

  /** A session in which the variables have Python's values. */
  Session begin() {
    if (model.isPresent()) {
      return model.get().restoredSession();
    }
    Session session = new Session(graph);
    session.run("initialize");
    return session;
  }

  /** A session that goes on from a checkpoint of {@code Session.save}. */
  Session resume(Path checkpoint) {
    Session session =
        model.map(TrainableModel::restoredSession).orElseGet(() -> new Session(graph));
    session.restore(checkpoint.toString());
    return session;
  }

  /** Writes a SavedModel for Python, if the model came as one. */
  void export(Session session, Path folder) throws IOException {
    if (model.isPresent()) {
      model.get().export(session, folder);
    }
  }

  /** Takes steps. */
  List<Step> steps(Session session, int count) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      State before = state(session);
      Session.Runner runner = session.runner().addTarget(train);
      feeds.forEach(runner::feed);
      try (Result result = runner.fetch(loss).fetch(optimizer.stepSize()).run()) {
        double lossBefore = ((TFloat64) result.get(0)).getDouble();
        double stepSize = ((TFloat64) result.get(1)).getDouble();
        steps.add(new Step(lossBefore, stepSize, before, state(session)));
      }
    }
    return steps;
  }

  /** An output of the signature; to compute it may change variables. */
  List<Double> compute(Session session, String name) {
    Session.Runner runner = session.runner();
    feeds.forEach(runner::feed);
    try (Result result = runner.fetch(model.orElseThrow().output(kind.signature, name)).run()) {
      return numbers(result.get(0));
    }
  }

  /** The same output, computed by a SavedModel as TensorFlow itself loads it. */
  List<Double> computeByTensorFlow(Path folder, String name) {
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      SessionFunction function = bundle.function(kind.signature);
      Map<String, Tensor> arguments = new LinkedHashMap<>();
      for (String input : function.signature().inputNames()) {
        arguments.put(input, feeds.get(input(input)));
      }
      try (Result result = function.call(arguments)) {
        return numbers(result.get(name).orElseThrow());
      }
    }
  }

  static List<Double> numbers(Tensor tensor) {
    List<Double> numbers = new ArrayList<>();
    ((TFloat64) tensor).scalars().forEach(value -> numbers.add(value.getDouble()));
    return numbers;
  }

  private State state(Session session) {
    Session.Runner runner = session.runner();
    values.forEach(runner::fetch);
    try (Result result = runner.run()) {
      State state = new State(new LinkedHashMap<>(), new LinkedHashMap<>());
      for (int i = 0; i < values.size(); i++) {
        String name = ExportedData.TRAINED.get(i % ExportedData.TRAINED.size());
        (i < ExportedData.TRAINED.size() ? state.parameters() : state.momentum())
            .put(name, numbers(result.get(i)));
      }
      return state;
    }
  }

  @Override
  public void close() {
    feeds.values().forEach(Tensor::close);
    graph.close();
  }
}
