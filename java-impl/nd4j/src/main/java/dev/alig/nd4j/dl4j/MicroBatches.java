package dev.alig.nd4j.dl4j;

import dev.alig.StepReport;
import dev.alig.nd4j.GradientSum;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradients of micro-batches, and the step from their sum.
 *
 * <p>DL4J leaves the gradients of a pass as sums over examples, and the score as their mean. The
 * "gradients" of running statistics are updates that it does not divide; here they are weighted by
 * examples, so that a step moves the statistics by the mean of the micro-batches' updates.
 */
final class MicroBatches {
  private final Network network;
  private final Layout layout;
  private final BaseMultiLayerUpdater<?> updater;
  private final GlobalStep step;
  private final INDArray gradients;

  MicroBatches(Network network, Layout layout, BaseMultiLayerUpdater<?> updater, GlobalStep step) {
    this.network = network;
    this.layout = layout;
    this.updater = updater;
    this.step = step;
    INDArray view = updater.getFlattenedGradientsView();
    this.gradients = view.reshape(view.length());
  }

  GradientSum sum(Minibatch data, long index, long seed) {
    requireReady();
    GradientSum.Origin origin = origin();
    double score =
        RandomNumbers.putBackAfter(
            () -> {
              Nd4j.getRandom().setSeed(RandomNumbers.seed(seed, origin.iteration(), index));
              return network.score(data.copy());
            });
    Refusals.requireEqualExamples(network);
    double examples = examples();
    double[] sums = gradients.toDoubleVector();
    layout.undivided().forEach(weights -> map(sums, weights, x -> x * examples));
    return GradientSum.of(origin, index, examples, isMean() ? score * examples : score, sums);
  }

  /** What fit does after it has computed score and gradients. */
  StepReport step(GradientSum sum) {
    requireReady();
    GradientSum.Total total = sum.total();
    sum.requireOrigin(origin());
    Model model = network.model();
    int iteration = BaseOptimizer.getIterationCount(model);
    int epoch = BaseOptimizer.getEpochCount(model);
    double loss = isMean() ? total.loss() / total.weight() : total.loss();
    double[] values = total.gradient();
    layout.undivided().forEach(weights -> map(values, weights, x -> x / total.weight()));
    write(values);
    network.setScore(loss);
    network.listeners().forEach(listener -> listener.onGradientCalculation(model));
    if (isMean()) {
      layout.divided().forEach(weights -> map(values, weights, x -> x / total.weight()));
      write(values);
    }
    StepReport report = step.take(loss, iteration, epoch);
    layout.movingByThemselves().forEach(this::update);
    network.listeners().forEach(listener -> listener.iterationDone(model, iteration, epoch));
    BaseOptimizer.incrementIterationCount(model, 1);
    BaseOptimizer.applyConstraints(model);
    return report;
  }

  private void write(double[] values) {
    gradients.assign(Nd4j.createFromArray(values).castTo(gradients.dataType()));
  }

  private static void map(double[] values, Weights weights, DoubleUnaryOperator operator) {
    for (int i = (int) weights.from(); i < weights.to(); i++) {
      values[i] = operator.applyAsDouble(values[i]);
    }
  }

  private void update(Weights weights) {
    ElementRange range = new ElementRange(weights.from(), weights.to());
    range.in(network.model().params(), 0).subi(range.in(gradients, 0));
  }

  private GradientSum.Origin origin() {
    INDArray parameters = network.model().params();
    return GradientSum.Origin.of(
        network.iterations(), parameters.reshape(parameters.length()).toDoubleVector());
  }

  /** Whether score and gradient are means over examples, not sums. */
  private boolean isMean() {
    return network.model().conf().isMiniBatch();
  }

  private int examples() {
    return Math.toIntExact(
        network.labels().stream().filter(Objects::nonNull).findFirst().orElseThrow().size(0));
  }

  private void requireReady() {
    if (network.updater() != updater
        || !layout.blocks().stream().allMatch(b -> b.updater().isAttached())) {
      throw new IllegalStateException(AliGGradientUpdater.UNATTACHED);
    }
    Refusals.requireNoAccumulator(network);
    if (network.isTruncated()) {
      throw new IllegalStateException(
          "the network has truncated back-propagation, which passes a state from one step to the"
              + " next, so its steps cannot be made of micro-batches; use fit, or"
              + " BackpropType.Standard");
    }
  }
}
