package dev.alig.experiments.networks;

import dev.alig.experiments.Snapshot;
import dev.alig.experiments.graph.GraphSession;
import dev.alig.experiments.graph.RunningGraph;
import dev.alig.experiments.graph.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A network as a graph of TensorFlow.
 *
 * @param <T> the type of parameters and outputs
 */
public final class TensorFlowModel<T extends TFloating> implements ImageModel {
  private static final String PIXELS = "pixels";
  private static final String LABELS = "labels";
  private static final String SEED = "seed";

  private final ImageSize size;
  private final Class<T> type;
  private final List<Parameter> parameters;
  private final String scores;

  /** Loss, scores in training, step size, step size before the cap, and norm of the gradient. */
  private final List<String> told;

  /** One per learned parameter. */
  private final List<String> gradients;

  private final String parameterNorm;

  /** The operations that take a step. */
  private final List<String> moves;

  private final RunningGraph graph;

  /** Creates a network that minimizes its cross-entropy. */
  public TensorFlowModel(
      Network network,
      ImageSize size,
      OptimizerSettings settings,
      Class<T> type,
      long seed,
      int threads) {
    this(network, size, Loss.CROSS_ENTROPY, settings, type, seed, threads);
  }

  /**
   * Creates a network with its initial parameters.
   *
   * @param type TFloat32 or TFloat64
   * @param seed the seed of the initial parameters
   * @param threads the number of threads that TensorFlow may use
   */
  public TensorFlowModel(
      Network network,
      ImageSize size,
      Loss minimized,
      OptimizerSettings settings,
      Class<T> type,
      long seed,
      int threads) {
    this.size = size;
    this.type = type;
    this.parameters = Parameters.withStatistics(network, size.channels());
    Graph built = new Graph();
    Ops tf = Ops.create(built);
    Map<String, Variable<T>> variables = new LinkedHashMap<>();
    parameters.forEach(parameter -> variables.put(parameter.name(), variable(tf, parameter, type)));
    try (built;
        Session start = GraphSession.of(built, threads)) {
      // Optimizers read the shapes of the variables when they initialize their own variables.
      start.initialize();

      Shape images = Shape.of(-1, size.channels(), size.height(), size.width());
      Operand<TFloat32> pixels =
          tf.withName(PIXELS).placeholder(TFloat32.class, Placeholder.shape(images));
      Operand<TInt32> labels =
          tf.withName(LABELS).placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
      Operand<TInt64> drawn =
          tf.withName(SEED).placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      Operand<TInt32> batch = tf.gather(tf.shape(pixels), tf.constant(0), tf.constant(0));
      Operand<T> input =
          tf.linalg.transpose(tf.dtypes.cast(pixels, type), tf.constant(new int[] {0, 2, 3, 1}));
      GraphLayers<T> training = new GraphLayers<>(tf, type, variables, true, batch, drawn);
      Operand<T> trainingScores = network.scores(training, input);
      GraphLayers<T> evaluation = new GraphLayers<>(tf, type, variables, false, batch, drawn);
      scores = RunningGraph.name(network.scores(evaluation, input));
      Operand<T> loss =
          GraphLoss.of(tf, minimized, trainingScores, oneHot(tf, labels, network.classes()));

      GraphStep step = GraphStep.of(built, settings, loss, learned(variables));
      told =
          Stream.of(
                  loss,
                  trainingScores,
                  step.stepSize(),
                  step.unclippedStepSize(),
                  step.gradientNorm())
              .map(RunningGraph::name)
              .toList();
      gradients =
          step.gradients().stream().map(pair -> RunningGraph.name(pair.getGradient())).toList();
      parameterNorm = RunningGraph.name(step.parameterNorm());
      moves =
          Stream.concat(Stream.of(step.train()), training.updates().stream())
              .map(move -> move.op().name())
              .toList();
      graph = new RunningGraph(built, start, threads);
      assign(Parameters.initial(network, size.channels(), seed));
      step.start().ifPresent(move -> graph.runner().addTarget(move.op().name()).run().close());
    }
  }

  private static <T extends TFloating> Variable<T> variable(
      Ops tf, Parameter parameter, Class<T> type) {
    long[] shape = new long[parameter.shape().size()];
    int[] moved = Permutation.shape(parameter.shape(), axes(parameter));
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = moved[axis];
    }
    Ops init = tf.withInitScope();
    Variable<T> variable = init.withName(parameter.name()).variable(Shape.of(shape), type);
    init.assign(variable, init.zeros(init.constant(shape), type));
    return variable;
  }

  /** PyTorch's axes in TensorFlow's order, which has outputs last. */
  private static int[] axes(Parameter parameter) {
    return switch (parameter.shape().size()) {
      case 4 -> new int[] {2, 3, 1, 0};
      case 2 -> new int[] {1, 0};
      default -> new int[] {0};
    };
  }

  private Operand<T> oneHot(Ops tf, Operand<TInt32> labels, int classes) {
    Operand<T> one = tf.dtypes.cast(tf.constant(1), type);
    Operand<T> zero = tf.dtypes.cast(tf.constant(0), type);
    return tf.oneHot(labels, tf.constant(classes), one, zero);
  }

  private List<Variable<T>> learned(Map<String, Variable<T>> variables) {
    List<Variable<T>> learned = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Variable<T> variable = variables.get(parameter.name());
      if (parameter.isLearned() && variable != null) {
        learned.add(variable);
      }
    }
    return learned;
  }

  private Session.Runner runner(TFloat32 images) {
    return graph.runner().feed(PIXELS, images);
  }

  private TFloat32 tensor(float[] images) {
    long count = images.length / size.size();
    Shape shape = Shape.of(count, size.channels(), size.height(), size.width());
    return TFloat32.tensorOf(shape, DataBuffers.of(images, true, false));
  }

  @Override
  public Outcome step(float[] images, int[] wanted, long ofSeed, long index) {
    return pass(images, wanted, ofSeed, told, moves).outcome();
  }

  @Override
  public Gradient gradient(float[] images, int[] wanted, long ofSeed) {
    return pass(images, wanted, ofSeed, outputs(), List.of()).gradient();
  }

  /** A step, with the gradient that it took. */
  Passed stepWithGradient(float[] images, int[] wanted, long ofSeed) {
    return pass(images, wanted, ofSeed, outputs(), moves);
  }

  private List<String> outputs() {
    return Stream.concat(told.stream(), gradients.stream()).toList();
  }

  /** What one pass through the graph gave; the gradient has no values if none were fetched. */
  record Passed(Outcome outcome, Gradient gradient) {}

  private Passed pass(
      float[] images, int[] wanted, long ofSeed, List<String> fetched, List<String> targets) {
    try (TFloat32 x = tensor(images);
        TInt32 y = TInt32.vectorOf(wanted);
        TInt64 s = TInt64.scalarOf(ofSeed)) {
      Session.Runner runner = runner(x).feed(LABELS, y).feed(SEED, s);
      fetched.forEach(runner::fetch);
      targets.forEach(runner::addTarget);
      try (Result result = runner.run();
          Result after = graph.runner().fetch(parameterNorm).run()) {
        double loss = Tensors.number(result.get(0));
        Outcome outcome =
            new Outcome(
                loss,
                Numbers.rows(result.get(1)),
                Tensors.number(result.get(2)),
                Tensors.number(result.get(3)),
                Tensors.number(result.get(4)),
                Tensors.number(after.get(0)));
        return new Passed(outcome, new Gradient(loss, gradients(result)));
      }
    }
  }

  private Map<String, double[]> gradients(Result result) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      int at = told.size() + values.size();
      if (parameter.isLearned() && at < result.size()) {
        values.put(parameter.name(), toTorch(parameter, Numbers.doubles(result.get(at))));
      }
    }
    return values;
  }

  private static double[] toTorch(Parameter parameter, double[] values) {
    int[] axes = axes(parameter);
    List<Integer> shape = Numbers.list(Permutation.shape(parameter.shape(), axes));
    return Permutation.of(values, shape, Permutation.inverse(axes));
  }

  @Override
  public float[][] scores(float[] images) {
    try (TFloat32 x = tensor(images);
        Result result = runner(x).fetch(scores).run()) {
      return Numbers.rows(result.get(0));
    }
  }

  @Override
  public Map<String, double[]> values() {
    Session.Runner runner = graph.runner();
    parameters.forEach(parameter -> runner.fetch(parameter.name()));
    Map<String, double[]> values = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      for (Parameter parameter : parameters) {
        double[] found = Numbers.doubles(result.get(values.size()));
        values.put(parameter.name(), toTorch(parameter, found));
      }
    }
    return values;
  }

  @Override
  public void assign(Map<String, double[]> values) {
    Map<String, byte[]> bytes = new LinkedHashMap<>(save().arrays());
    values.forEach(
        (name, given) -> {
          Parameter parameter = Parameter.find(parameters, name, given.length);
          double[] moved = Permutation.of(given, parameter.shape(), axes(parameter));
          bytes.put(name, Numbers.bytes(moved, type));
        });
    graph.restore(new Snapshot(bytes));
  }

  @Override
  public Snapshot save() {
    return graph.save();
  }

  @Override
  public void restore(Snapshot saved) {
    graph.restore(saved);
  }

  @Override
  public void close() {
    graph.close();
  }
}
