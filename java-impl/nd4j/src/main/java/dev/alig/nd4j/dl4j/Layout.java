package dev.alig.nd4j.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/**
 * Where a network's parameters lie that ALI-G trains, block by block of its updater.
 *
 * <p>A block has one configuration. Its trained parameters are as few stretches as the parameters
 * between them allow, which are not trained.
 */
final class Layout {
  /**
   * A block of ALI-G's.
   *
   * @param updater the block's updater, which has its momentum
   * @param start where the block, and its momentum, starts in the network's parameters
   * @param trained what a step moves
   * @param zeroed the gradients that DL4J must not apply
   * @param weights the arrays that a step moves
   */
  record Block(
      AliGGradientUpdater updater,
      long start,
      List<Stretch> trained,
      List<Stretch> zeroed,
      List<Weights> weights) {}

  private final Map<String, Trainable> layers;
  private final List<? extends Trainable> beneathFrozen;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Weights> all = new ArrayList<>();
  private final List<Weights> others = new ArrayList<>();

  private Layout(Map<String, Trainable> layers, List<? extends Trainable> beneathFrozen) {
    this.layers = layers;
    this.beneathFrozen = beneathFrozen;
  }

  static Layout of(BaseMultiLayerUpdater<?> updater, Network network) {
    Layout layout = new Layout(updater.getLayersByName(), network.beneathFrozen());
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      // DL4J skips those of unsupervised pretraining in fit.
      if (!block.isPretrainUpdaterBlock()) {
        layout.add(block);
      }
    }
    return layout;
  }

  /** The blocks of ALI-G's, in order. */
  List<Block> blocks() {
    return blocks;
  }

  /** Those of them that a step moves anything of. */
  List<Block> trained() {
    return blocks.stream().filter(block -> !block.trained().isEmpty()).toList();
  }

  /** Every array of the network that is not frozen. */
  List<Weights> all() {
    return all;
  }

  /** What another updater moves. */
  List<Weights> others() {
    return others;
  }

  private void add(UpdaterBlock block) {
    List<Weights> weights =
        block.getLayersAndVariablesInBlock().stream()
            .map(state -> Weights.of(state, key(state.getLayer())))
            .toList();
    weights.stream().filter(w -> !w.isFrozen()).forEach(all::add);
    List<Weights> moved = weights.stream().filter(w -> !w.movesByItself()).toList();
    List<Weights> trained = moved.stream().filter(this::hasGradient).toList();
    if (block.getGradientUpdater() instanceof AliGGradientUpdater updater) {
      long start = block.getParamOffsetStart();
      blocks.add(new Block(updater, start, stretches(trained), stretches(moved), trained));
    } else {
      others.addAll(trained);
    }
  }

  /** A layer equals another that has the same values, so that only identity tells them apart. */
  private boolean hasGradient(Weights weights) {
    return !weights.isFrozen()
        && beneathFrozen.stream().noneMatch(layer -> layer == weights.layer());
  }

  private String key(Trainable layer) {
    return layers.entrySet().stream()
        .filter(entry -> entry.getValue() == layer)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> layer.getConfig().getLayerName());
  }

  private static List<Stretch> stretches(List<Weights> weights) {
    List<Stretch> stretches = new ArrayList<>();
    weights.forEach(w -> Stretch.append(stretches, w.from(), w.to()));
    return stretches;
  }
}
