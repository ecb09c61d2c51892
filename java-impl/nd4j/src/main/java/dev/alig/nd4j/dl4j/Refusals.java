package dev.alig.nd4j.dl4j;

import dev.alig.Settings;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.layers.training.CenterLossOutputLayer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Refuses configurations in which the gradients are not those of the loss, or in which something
 * else than ALI-G moves the parameters.
 */
final class Refusals {
  private Refusals() {}

  static BaseMultiLayerUpdater<?> requireUpdater(Network network) {
    requireInitialized(network);
    if (network.updater() instanceof BaseMultiLayerUpdater<?> updater) {
      return updater;
    }
    throw new IllegalArgumentException(
        "the network's updater must be DL4J's own, was "
            + network.updater().getClass().getName()
            + "; remove the call of setUpdater");
  }

  static void requireInitialized(Network network) {
    if (!network.isInitialized()) {
      throw new IllegalStateException("the network is not initialized; call init() before attach");
    }
  }

  /**
   * Checks everything that can be checked before the first step.
   *
   * @return the settings that all groups share
   */
  static Settings requireSound(Network network, Layout layout) {
    List<Weights> trained =
        layout.trained().stream().flatMap(block -> block.weights().stream()).toList();
    requireOneUpdater(layout, trained);
    layout.all().forEach(Refusals::requireNoPenalty);
    trained.forEach(Refusals::requireWholeGradient);
    GradientChecks.require(network);
    requireGradientDescent(network);
    network.outputs().forEach(output -> requireLoss(network, output));
    requireNoAccumulator(network);
    return requireSharedSettings(layout.trained());
  }

  private static void requireOneUpdater(Layout layout, List<Weights> trained) {
    if (trained.isEmpty()) {
      throw new IllegalArgumentException(
          "the network has nothing for ALI-G to train; configure"
              + " updater(AliGUpdater.builder().build()), and leave at least one layer unfrozen");
    }
    for (Weights other : layout.others()) {
      throw new IllegalArgumentException(
          other.describe()
              + " has the updater "
              + other.layer().getConfig().getUpdaterByParam(other.name())
              + ", but ALI-G takes one step for the whole network, from the loss and the norm of"
              + " all gradients; give the layer an AliGUpdater, which may have its own cap, or"
              + " freeze it with FrozenLayer");
    }
  }

  private static void requireNoPenalty(Weights weights) {
    List<Regularization> penalties =
        weights.layer().getConfig().getRegularizationByParam(weights.name());
    if (penalties != null && !penalties.isEmpty()) {
      throw new IllegalArgumentException(
          weights.describe()
              + " has "
              + penalties
              + ": with l1, l2 or weight decay the loss cannot reach 0, and ALI-G's step size"
              + " assumes that it can; remove them, and bound the weights with AliGUpdater's"
              + " l2Ball");
    }
  }

  private static void requireWholeGradient(Weights weights) {
    GradientNormalization normalization = weights.layer().getConfig().getGradientNormalization();
    if (normalization != null && normalization != GradientNormalization.None) {
      throw new IllegalArgumentException(
          weights.describe()
              + " has the gradient normalization "
              + normalization
              + ": ALI-G's step size, loss / ‖gradient‖², needs the gradient of the loss as it is;"
              + " remove the normalization, and bound the steps with maxLearningRate");
    }
  }

  private static void requireGradientDescent(Network network) {
    OptimizationAlgorithm algorithm = network.model().conf().getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new IllegalArgumentException(
          "the optimization algorithm is "
              + algorithm
              + ", whose line search moves the parameters too; configure"
              + " STOCHASTIC_GRADIENT_DESCENT, the default");
    }
  }

  private static void requireLoss(Network network, Layer output) {
    String name = "the output layer \"" + output.conf().getLayer().getLayerName() + "\"";
    if (!(output instanceof IOutputLayer)) {
      throw new IllegalArgumentException(
          name
              + ", a "
              + output.getClass().getSimpleName()
              + ", computes no loss, and ALI-G's step size is loss / ‖gradient‖²; end the network"
              + " with an output layer or a loss layer");
    }
    boolean scoreFollowsMiniBatch =
        output instanceof BaseOutputLayer && !(output instanceof CenterLossOutputLayer);
    if (!network.model().conf().isMiniBatch() && !scoreFollowsMiniBatch) {
      throw new IllegalArgumentException(
          name
              + ", a "
              + output.getClass().getSimpleName()
              + ", divides the score by the minibatch size, and miniBatch(false) leaves the"
              + " gradients undivided, so they are not those of that loss; remove miniBatch(false)");
    }
  }

  /**
   * DL4J divides each output's score by that output's number of examples, and all gradients by that
   * of the first output.
   */
  static void requireEqualExamples(Network network) {
    List<Long> examples =
        network.labels().stream().filter(Objects::nonNull).map(labels -> labels.size(0)).toList();
    if (network.model().conf().isMiniBatch() && examples.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          "the outputs have "
              + examples
              + " examples; DL4J divides each output's score by its own number and all gradients by"
              + " that of the first, so they are not those of the loss; give all outputs labels of"
              + " the same number of examples");
    }
  }

  /** Throws if the network shares updates with other networks. */
  static void requireNoAccumulator(Network network) {
    if (network.optimizer().getGradientsAccumulator() != null) {
      throw new IllegalArgumentException(
          "the network shares its updates through a GradientsAccumulator, as in ParallelWrapper and"
              + " DL4J's Spark: each worker steps from a part of the loss, which is not ALI-G's step;"
              + " train with fit on one network, or on Spark with SparkAliG of alig-spark");
    }
  }

  private static Settings requireSharedSettings(List<Layout.Block> blocks) {
    AliGUpdater first = blocks.get(0).updater().getConfig();
    for (Layout.Block block : blocks) {
      AliGUpdater other = block.updater().getConfig();
      if (!other.settings().equals(first.settings())) {
        throw new IllegalArgumentException(
            block.weights().get(0).describe()
                + " has "
                + other
                + ", others have "
                + first
                + "; only cap and momentum may differ between layers; set the others alike");
      }
    }
    return first.settings();
  }
}
