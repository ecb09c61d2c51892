package dev.alig.experiments.dnc;

import dev.alig.experiments.Metrics;
import dev.alig.experiments.Part;
import dev.alig.experiments.Randomness;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import dev.alig.experiments.graph.Arithmetic;
import dev.alig.experiments.graph.GraphSession;
import dev.alig.experiments.graph.RunningGraph;
import dev.alig.experiments.graph.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TNumber;

/**
 * Trains a differentiable neural computer to repeat. An epoch has {@value #EPOCH} steps, as in the
 * authors' reports.
 *
 * <p>Each step draws new sequences, so the training loss is that of unseen sequences.
 *
 * @param <T> float or double
 */
final class DncTraining<T extends TNumber> implements Training {
  /** The number of steps per epoch. */
  static final int EPOCH = 100;

  private final Class<T> type;
  private final RepeatCopy task;
  private final long seed;
  private final int epochs;
  private final int epochSteps;
  private final long parameterCount;
  private final String observations;
  private final String targets;
  private final String mask;
  private final String train;
  private final List<String> fetched;
  private final RunningGraph graph;

  /**
   * Builds the graph.
   *
   * @param weights the initial values of the parameters by name, row by row
   * @param steps the number of steps in the run
   */
  DncTraining(
      Class<T> type,
      RepeatCopy task,
      DncSizes sizes,
      Map<String, double[]> weights,
      DncRow row,
      long seed,
      int steps,
      int threads) {
    this.type = type;
    this.task = task;
    this.seed = seed;
    this.epochSteps = Math.min(EPOCH, steps);
    this.epochs = steps / epochSteps;
    this.parameterCount = weights.values().stream().mapToLong(values -> values.length).sum();
    Graph built = new Graph();
    Ops tf = Ops.create(built);
    Placeholder<T> shown = input(tf, task.inputs());
    Placeholder<T> asked = input(tf, task.outputs());
    Placeholder<T> counted = input(tf, 1);
    Map<String, Variable<T>> variables = new LinkedHashMap<>();
    sizes
        .parameters()
        .forEach(
            (name, shape) -> {
              double[] values = weights.getOrDefault(name, new double[0]);
              Operand<T> start = tf.dtypes.cast(tf.constant(values), type);
              variables.put(
                  name, tf.withName(name).variable(tf.reshape(start, tf.constant(shape))));
            });
    DncModel<T> model = new DncModel<>(tf, type, sizes, task.batch(), variables);
    Operand<T> logits = model.logits(shown, task.steps());
    Operand<T> loss = model.loss(logits, asked, counted);
    StepBuilder.Built step = StepBuilder.build(built, row, loss, List.copyOf(variables.values()));
    List<Operand<?>> results =
        List.of(
            loss,
            model.bitAccuracy(logits, asked, counted),
            model.sequenceAccuracy(logits, asked, counted),
            step.stepSize(),
            step.unclipped(),
            step.gradientNorm(),
            normAfter(tf.withControlDependencies(step.train()), variables));
    this.observations = RunningGraph.name(shown);
    this.targets = RunningGraph.name(asked);
    this.mask = RunningGraph.name(counted);
    this.train = step.train().op().name();
    this.fetched = results.stream().map(RunningGraph::name).toList();
    try (built;
        Session start = GraphSession.of(built, threads)) {
      this.graph = new RunningGraph(built, start, threads);
    }
  }

  private Placeholder<T> input(Ops tf, int width) {
    return tf.placeholder(type, Placeholder.shape(Shape.of(task.steps(), task.batch(), width)));
  }

  /** The norm of the parameters after the step. */
  private Operand<T> normAfter(Ops after, Map<String, Variable<T>> variables) {
    List<Operand<T>> halves = new ArrayList<>();
    variables.values().forEach(v -> halves.add(after.nn.l2Loss(after.identity(v))));
    Operand<T> two = new Arithmetic<>(after, type).number(2);
    return after.math.sqrt(after.math.mul(after.math.addN(halves), two));
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("parameters", parameterCount);
    counts.put("sequences per batch", (long) task.batch());
    counts.put("time steps", (long) task.steps());
    return counts;
  }

  @Override
  public int stepsPerEpoch() {
    return epochSteps;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public Step step(long index) {
    RepeatCopy.Batch batch = task.draw(Randomness.of(seed, "batch", index));
    try (T shown = tensor(batch.observations(), task.inputs());
        T asked = tensor(batch.targets(), task.outputs());
        T counted = tensor(batch.mask(), 1)) {
      Session.Runner runner = graph.runner();
      runner.feed(observations, shown).feed(targets, asked).feed(mask, counted);
      fetched.forEach(runner::fetch);
      try (Result result = runner.addTarget(train).run()) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metrics.LOSS, Tensors.number(result.get(0)));
        metrics.put("bit_accuracy", Tensors.number(result.get(1)));
        metrics.put("sequence_accuracy", Tensors.number(result.get(2)));
        return new Step(
            new Metrics(task.batch(), metrics),
            Tensors.number(result.get(3)),
            Tensors.number(result.get(4)),
            Tensors.number(result.get(5)),
            Tensors.number(result.get(6)));
      }
    }
  }

  private T tensor(double[] values, int width) {
    return Tensors.of(type, values, task.steps(), task.batch(), width);
  }

  @Override
  public Optional<Metrics> evaluate(Part part) {
    return Optional.empty();
  }

  @Override
  public Snapshot save() {
    return graph.save();
  }

  @Override
  public void restore(Snapshot snapshot) {
    graph.restore(snapshot);
  }

  @Override
  public void close() {
    graph.close();
  }
}
