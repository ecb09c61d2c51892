package dev.alig.nd4j.samediff;

import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.StepEvent;
import dev.alig.nd4j.StepListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Trains a SameDiff graph by ALI-G: loss and gradients in one pass, then one step of all variables.
 *
 * <pre>{@code
 * graph.setLossVariables("loss");
 * SameDiffTrainer trainer =
 *     SameDiffTrainer.builder(graph).maxLearningRate(1).momentum(0.9).features("x").labels("y")
 *         .build();
 * trainer.fit(data, 10);
 * }</pre>
 *
 * <p>SameDiff's own {@code fit} updates a variable as soon as its gradient is there, when neither
 * the loss nor the other gradients are known; ALI-G needs them all. The loss of a step is the sum
 * over all loss variables and their elements, which is what SameDiff's gradients are of. Every
 * variable of kind VARIABLE is trained; one that the loss does not depend on takes part in the
 * projection alone. Constants, placeholders and what is computed stay as they are.
 *
 * <p>Variables are stepped in place. Their values may be set between steps; which variables there
 * are may not change, nor their kind.
 *
 * <p>Not thread safe, like the graph.
 */
public final class SameDiffTrainer {
  private final SameDiff graph;
  private final Variables variables;
  private final Placeholders placeholders;
  private final AliG optimizer;
  private final List<StepListener> listeners = new CopyOnWriteArrayList<>();
  private int iteration;
  private int epoch;

  SameDiffTrainer(SameDiff graph, Variables variables, Placeholders placeholders, AliG optimizer) {
    this.graph = graph;
    this.variables = variables;
    this.placeholders = placeholders;
    this.optimizer = optimizer;
  }

  /** A builder for a graph whose loss is set, with the original's defaults. */
  public static SameDiffTrainerBuilder builder(SameDiff graph) {
    return new SameDiffTrainerBuilder(graph);
  }

  /**
   * Takes one step.
   *
   * @param values the value of each placeholder that the loss depends on, by its name
   * @return what the step did; its step sizes are in the order of the groups, the variables in no
   *     group last
   * @throws IllegalStateException if a variable has become a constant since
   */
  public StepReport step(Map<String, INDArray> values) {
    variables.requireSame(graph);
    OutAndGrad computed =
        graph.calculateGradientsAndOutputs(values, variables.losses(), variables.withGradient());
    StepReport report =
        optimizer.step(loss(computed.getOutputs()), variables.gradients(computed.getGradients()));
    StepEvent event = new StepEvent(iteration, epoch, report);
    iteration++;
    listeners.forEach(listener -> listener.onStep(optimizer, event));
    return report;
  }

  private double loss(Map<String, INDArray> outputs) {
    double sum = 0;
    for (INDArray loss : outputs.values()) {
      sum += loss.isScalar() ? loss.getDouble(0) : loss.sumNumber().doubleValue();
    }
    return sum;
  }

  /**
   * Takes a step on a minibatch.
   *
   * @throws IllegalStateException if no placeholders were named for it
   * @throws IllegalArgumentException if it has more or fewer arrays than there are placeholders
   */
  public StepReport fit(MultiDataSet minibatch) {
    return step(placeholders.values(minibatch));
  }

  /** {@link #fit(MultiDataSetIterator, int)} with one array of features and one of labels. */
  public List<Double> fit(DataSetIterator data, int epochs) {
    return fit(new MultiDataSetIteratorAdapter(data), epochs);
  }

  /**
   * Takes a step on every minibatch of every epoch; resets the data before each.
   *
   * @return the mean loss of each epoch, over its minibatches
   * @throws IllegalArgumentException if there are no epochs, no data, or data that cannot be reset
   *     for a second epoch
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

  /** Lets one more listener hear of each step. */
  public void addListener(StepListener listener) {
    listeners.add(listener);
  }

  /** The optimizer at work, for its settings, groups and momentum. */
  public AliG optimizer() {
    return optimizer;
  }

  /** The graph that is trained. */
  public SameDiff graph() {
    return graph;
  }

  /** The trained variables of each group, by name, in the order of a report's step sizes. */
  public List<List<String>> groups() {
    return variables.groups();
  }

  /** How many steps this trainer has asked for, skipped ones among them. */
  public int iteration() {
    return iteration;
  }

  /** How many epochs {@code fit} has completed. */
  public int epoch() {
    return epoch;
  }

  /**
   * Writes the graph with its variables, the optimizer's settings and state, and the counts into a
   * file, in place of one that is there. Learning-rate schedule and listeners are not in it.
   *
   * @throws IOException if the file cannot be written; one that was there is as before then
   */
  public void save(Path file) throws IOException {
    TrainerFile.write(file, this, placeholders);
  }

  /**
   * A trainer that goes on, bit for bit, where the saved one was.
   *
   * @throws IOException if the file cannot be read, is damaged, or was not written by {@link #save}
   */
  public static SameDiffTrainer restore(Path file) throws IOException {
    return TrainerFile.read(file);
  }

  /** Puts the counts of a saved trainer back. */
  void resumeAt(int savedIteration, int savedEpoch) {
    iteration = savedIteration;
    epoch = savedEpoch;
  }
}
