package dev.alig.nd4j.samediff;

import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.StepEvent;
import dev.alig.nd4j.StepListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Trains a SameDiff graph with ALI-G: it computes loss and gradients in one pass, then takes one
 * step on all variables.
 *
 * <pre>{@code
 * graph.setLossVariables("loss");
 * SameDiffTrainer trainer =
 *     SameDiffTrainer.builder(graph).maxLearningRate(1).momentum(0.9).features("x").labels("y")
 *         .build();
 * trainer.fit(data, 10);
 * }</pre>
 *
 * <p>ALI-G needs the loss and all gradients for a step. SameDiff's own {@code fit} updates each
 * variable before it has computed the loss and the other gradients. The loss of a step is the sum
 * over all elements of all loss variables. Every variable of kind VARIABLE is trained. A variable
 * that the loss does not depend on is only projected.
 *
 * <p>Some of SameDiff's gradients are wrong. The trainer corrects them where it can. The builder
 * refuses operations whose gradient it cannot correct, and names them. It also refuses operations
 * whose gradient was not measured, unless {@link SameDiffTrainerBuilder#verifySlope} finds it
 * right.
 *
 * <p>A step changes the variables in place. You may set their values between steps. You may not add
 * or remove variables, or change their kind.
 *
 * <p>Not thread-safe, like the graph.
 */
public final class SameDiffTrainer {
  private final SameDiff graph;
  private final Variables variables;
  private final BackwardGraph backward;
  private final Placeholders placeholders;
  private final AliG optimizer;
  private final List<StepListener> listeners = new CopyOnWriteArrayList<>();
  private int iteration;
  private int epoch;

  SameDiffTrainer(
      SameDiff graph,
      Variables variables,
      BackwardGraph backward,
      Placeholders placeholders,
      AliG optimizer) {
    this.graph = graph;
    this.variables = variables;
    this.backward = backward;
    this.placeholders = placeholders;
    this.optimizer = optimizer;
  }

  /** A builder for a graph whose loss is set, with the defaults of {@code alig.th}. */
  public static SameDiffTrainerBuilder builder(SameDiff graph) {
    return new SameDiffTrainerBuilder(graph);
  }

  /**
   * Takes one step.
   *
   * @param values the value of each placeholder that the loss depends on, by its name
   * @return what the step did; its step sizes are in the order of {@link #groups}
   * @throws IllegalStateException if the variables or operations of the graph have changed since
   *     the trainer was built
   */
  public StepReport step(Map<String, INDArray> values) {
    requireSame();
    OutAndGrad computed = backward.compute(values, variables.withGradient());
    return take(BackwardGraph.loss(computed), variables.gradients(computed.getGradients()));
  }

  private StepReport take(double loss, List<@Nullable INDArray> gradients) {
    StepReport report = optimizer.step(loss, gradients);
    StepEvent event = new StepEvent(iteration, epoch, report);
    iteration++;
    listeners.forEach(listener -> listener.onStep(optimizer, event));
    return report;
  }

  /**
   * The gradient of a micro-batch: a part of the data of one step, which may be larger than the
   * memory. Sum the gradients of all parts with {@link GradientSum#plus}, then take the {@link
   * #step(GradientSum)}. The variables do not change.
   *
   * <p>Operations that draw random numbers draw them from ND4J's generator, as in a step.
   *
   * @param values the value of each placeholder that the loss depends on, by its name
   * @param index the number of the part in its step, from 0; each index once
   * @param weight the part's share of the step: its number of examples, if the loss is their mean
   * @throws IllegalArgumentException if the index or the weight is out of range
   * @throws IllegalStateException as {@link #step(Map)}
   */
  public GradientSum gradient(Map<String, INDArray> values, long index, double weight) {
    requireSame();
    OutAndGrad computed = backward.compute(values, variables.withGradient());
    double[] gradient = variables.flat(computed.getGradients());
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= weight;
    }
    return GradientSum.of(origin(), index, weight, weight * BackwardGraph.loss(computed), gradient);
  }

  /**
   * Takes one step on the weighted mean of the losses and gradients of all micro-batches.
   *
   * @throws IllegalStateException if a micro-batch is missing, or the gradients were computed with
   *     other variables or in another iteration; nothing has changed then
   */
  public StepReport step(GradientSum sum) {
    requireSame();
    GradientSum.Total total = sum.total();
    sum.requireOrigin(origin());
    double[] means = total.gradient();
    for (int i = 0; i < means.length; i++) {
      means[i] /= total.weight();
    }
    return take(total.loss() / total.weight(), variables.gradients(means));
  }

  private GradientSum.Origin origin() {
    return GradientSum.Origin.of(iteration, variables.flat(variables.arrays()));
  }

  private void requireSame() {
    variables.requireSame(graph);
    if (backward.isStale()) {
      throw new IllegalStateException(
          "the graph's operations have changed since the trainer was built; build a new trainer"
              + " after such a change");
    }
  }

  /**
   * Measures whether the gradients are those of the loss.
   *
   * <p>The slope (f(p + εd) − f(p − εd)) / (2ε⟨g, d⟩) must be 1, where f is the loss, p the
   * variables and g the gradient. The directions d are the gradient and random directions, and ε
   * decreases until the result is most accurate. The variables are restored. ND4J's random
   * generator is seeded. Values in DOUBLE give the most accurate result.
   *
   * @param values the value of each placeholder that the loss depends on, by its name
   * @return the slope along the gradient
   * @throws IllegalStateException if the slope is not 1, or cannot be measured at these values: the
   *     gradient is 0, or the loss has kinks or noise
   */
  public double verifySlope(Map<String, INDArray> values) {
    requireSame();
    return new Slope(backward, variables).verify(values);
  }

  /**
   * Takes a step on a minibatch.
   *
   * @throws IllegalStateException if no placeholders were named for data sets
   * @throws IllegalArgumentException if it has more or fewer arrays than there are placeholders
   */
  public StepReport fit(MultiDataSet minibatch) {
    return step(placeholders.values(minibatch));
  }

  /** As {@link #fit(MultiDataSetIterator, int)}, with one array of features and one of labels. */
  public List<Double> fit(DataSetIterator data, int epochs) {
    return fit(new MultiDataSetIteratorAdapter(data), epochs);
  }

  /**
   * Takes a step on each minibatch, for the given number of epochs. It resets the data before each
   * epoch.
   *
   * @return the mean loss of each epoch's minibatches
   * @throws IllegalArgumentException if {@code epochs < 1}, if there are no data, or if the data
   *     cannot be reset for a second epoch
   */
  public List<Double> fit(MultiDataSetIterator data, int epochs) {
    requireSuitable(data, epochs);
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      if (data.resetSupported()) {
        data.reset();
      }
      means.add(fitEpoch(data));
    }
    return means;
  }

  private double fitEpoch(MultiDataSetIterator data) {
    double sum = 0;
    int steps = 0;
    while (data.hasNext()) {
      sum += fit(data.next()).loss();
      steps++;
    }
    if (steps == 0) {
      throw new IllegalArgumentException(
          "the data has no minibatch in epoch " + epoch + "; pass an iterator that has some");
    }
    epoch++;
    return sum / steps;
  }

  private static void requireSuitable(MultiDataSetIterator data, int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be >= 1, was " + epochs);
    }
    if (epochs > 1 && !data.resetSupported()) {
      throw new IllegalArgumentException(
          epochs
              + " epochs need an iterator that can be reset, which "
              + data.getClass().getName()
              + " cannot; train one epoch at a time");
    }
  }

  /** Adds a listener, which is called after each step. */
  public void addListener(StepListener listener) {
    listeners.add(listener);
  }

  /** The optimizer, which gives access to settings, groups and momentum. */
  public AliG optimizer() {
    return optimizer;
  }

  /** The graph that is trained. */
  public SameDiff graph() {
    return graph;
  }

  /**
   * The names of each group's variables, in the order of the step sizes of a report. The variables
   * that the builder put in no group are the last group.
   */
  public List<List<String>> groups() {
    return variables.groups();
  }

  /** The number of steps of this trainer, skipped ones included. */
  public int iteration() {
    return iteration;
  }

  /** The number of epochs that {@code fit} has completed. */
  public int epoch() {
    return epoch;
  }

  /**
   * Writes the graph with its variables, the optimizer's settings and state, and the counts to a
   * file; an existing file is replaced. It does not write the learning-rate schedule and the
   * listeners.
   *
   * @throws IOException if the file cannot be written; an existing file is unchanged then
   */
  public void save(Path file) throws IOException {
    TrainerFile.write(file, this, placeholders);
  }

  /**
   * Restores a saved trainer. It continues the run bit for bit.
   *
   * @throws IOException if the file cannot be read, is damaged, or was not written by {@link #save}
   */
  public static SameDiffTrainer restore(Path file) throws IOException {
    return TrainerFile.read(file);
  }

  /** Restores the counts of a saved trainer. */
  void resumeAt(int savedIteration, int savedEpoch) {
    iteration = savedIteration;
    epoch = savedEpoch;
  }
}
