package dev.alig.nd4j.dl4j;

import dev.alig.Settings;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.layers.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.layers.training.CenterLossOutputLayer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * What a configuration must not have, because the loss would not be the one whose gradients are
 * used, or more than one rule would move the parameters.
 */
final class Refusals {
  private Refusals() {}

  static BaseMultiLayerUpdater<?> requireUpdater(Network network) {
    if (!network.isInitialized()) {
      throw new IllegalStateException("the network is not initialized; call init() before attach");
    }
    if (network.updater() instanceof BaseMultiLayerUpdater<?> updater) {
      return updater;
    }
    throw new IllegalArgumentException(
        "the network's updater must be DL4J's own, was "
            + network.updater().getClass().getName()
            + "; do not call setUpdater");
  }

  /**
   * Checks everything but what a step has to check itself.
   *
   * @return the settings that all groups share
   */
  static Settings requireSound(Network network, Layout layout) {
    List<Weights> trained =
        layout.trained().stream().flatMap(block -> block.weights().stream()).toList();
    requireOneUpdater(layout, trained);
    layout.all().forEach(Refusals::requireNoPenalty);
    trained.forEach(Refusals::requireWholeGradient);
    trained.forEach(Refusals::requireNoFactor);
    requireGradientDescent(network);
    network.outputs().forEach(output -> requireLoss(network, output));
    requireNoAccumulator(network);
    return requireSharedSettings(layout.trained());
  }

  private static void requireOneUpdater(Layout layout, List<Weights> trained) {
    if (trained.isEmpty()) {
      throw new IllegalArgumentException(
          "the network has nothing for ALI-G to train; configure"
              + " updater(AliGUpdater.builder().build()) and leave a layer unfrozen");
    }
    for (Weights other : layout.others()) {
      throw new IllegalArgumentException(
          other.describe()
              + " has the updater "
              + other.layer().getConfig().getUpdaterByParam(other.name())
              + ", but ALI-G takes one step for the whole network, from the loss and the norm of"
              + " all gradients; give the layer an AliGUpdater, with a cap of its own if need be,"
              + " or freeze it with FrozenLayer");
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
              + ": with l1, l2 or weight decay the loss cannot reach 0, which ALI-G's step size"
              + " relies on; configure none, and bound the weights with AliGUpdater's l2Ball");
    }
  }

  private static void requireWholeGradient(Weights weights) {
    GradientNormalization normalization = weights.layer().getConfig().getGradientNormalization();
    if (normalization != null && normalization != GradientNormalization.None) {
      throw new IllegalArgumentException(
          weights.describe()
              + " has the gradient normalization "
              + normalization
              + ": ALI-G's step size is loss / ‖gradient‖², which holds for the loss's own gradient"
              + " alone; configure none, and bound the steps with maxLearningRate");
    }
  }

  /** DL4J differentiates by the weights with noise, and leaves out what the noise multiplied. */
  private static void requireNoFactor(Weights weights) {
    if (weights.layer().getConfig() instanceof BaseLayer layer
        && layer.getWeightNoise() != null
        && !(layer.getWeightNoise() instanceof WeightNoise noise && noise.isAdditive())) {
      throw new IllegalArgumentException(
          weights.describe()
              + " has the weight noise "
              + layer.getWeightNoise()
              + ", for which DL4J's gradient is not that of the loss: it leaves out the factor on"
              + " the weights; use dropOut, or noise that is added");
    }
  }

  private static void requireGradientDescent(Network network) {
    OptimizationAlgorithm algorithm = network.model().conf().getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new IllegalArgumentException(
          "the optimization algorithm is "
              + algorithm
              + ", whose line search moves the parameters besides ALI-G; configure"
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
              + " with an output or loss layer");
    }
    if (output instanceof OCNNOutputLayer) {
      throw new IllegalArgumentException(
          name
              + ", an OCNNOutputLayer, has gradients in DL4J that are not those of its score, and"
              + " ALI-G's step size is loss / ‖gradient‖²; use another updater");
    }
    boolean scoreFollowsMiniBatch =
        output instanceof BaseOutputLayer && !(output instanceof CenterLossOutputLayer);
    if (!network.model().conf().isMiniBatch() && !scoreFollowsMiniBatch) {
      throw new IllegalArgumentException(
          name
              + ", a "
              + output.getClass().getSimpleName()
              + ", divides the score by the minibatch where miniBatch(false) leaves the gradients"
              + " undivided, so that they are not of that loss; remove miniBatch(false)");
    }
  }

  /** Throws where updates are shared with other networks. */
  static void requireNoAccumulator(Network network) {
    if (network.optimizer().getGradientsAccumulator() != null) {
      throw new IllegalArgumentException(
          "the network shares its updates through a GradientsAccumulator, as in ParallelWrapper and"
              + " Spark: steps of workers, each from a part of the loss, are not ALI-G's step; train"
              + " with fit on one network");
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
                + "; only cap and momentum may differ from layer to layer");
      }
    }
    return first.settings();
  }
}
