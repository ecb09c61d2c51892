package dev.alig.nd4j.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/**
 * Where the parameters that ALI-G trains lie in the network's flat array, by block of the updater.
 *
 * <p>A block has one updater configuration. Its trained parameters form as few ranges as possible;
 * parameters that are not trained separate them.
 */
final class Layout {
  /**
   * A block whose updater is ALI-G's.
   *
   * @param updater the block's updater, which holds its momentum
   * @param start the index of the block's first element in the network's parameters
   * @param trained the ranges that a step moves
   * @param zeroed the gradients that DL4J must not apply
   * @param weights the arrays that a step moves
   */
  record Block(
      AliGGradientUpdater updater,
      long start,
      List<ElementRange> trained,
      List<ElementRange> zeroed,
      List<Weights> weights) {}

  private final Map<String, Trainable> layers;
  private final List<? extends Trainable> beneathFrozen;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Weights> all = new ArrayList<>();
  private final List<Weights> others = new ArrayList<>();
  private final List<Weights> differentiated = new ArrayList<>();

  private Layout(Map<String, Trainable> layers, List<? extends Trainable> beneathFrozen) {
    this.layers = layers;
    this.beneathFrozen = beneathFrozen;
  }

  static Layout of(BaseMultiLayerUpdater<?> updater, Network network) {
    Layout layout = new Layout(updater.getLayersByName(), network.beneathFrozen());
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      // DL4J's fit skips the blocks of unsupervised pretraining.
      if (!block.isPretrainUpdaterBlock()) {
        layout.add(block);
      }
    }
    return layout;
  }

  /** The blocks whose updater is ALI-G's, in order. */
  List<Block> blocks() {
    return blocks;
  }

  /** The blocks that have trained parameters. */
  List<Block> trained() {
    return blocks.stream().filter(block -> !block.trained().isEmpty()).toList();
  }

  /** Every parameter array that is not frozen. */
  List<Weights> all() {
    return all;
  }

  /** The arrays whose "gradient" is an update, so that no step of ALI-G moves them. */
  List<Weights> movingByThemselves() {
    return all.stream().filter(Weights::movesByItself).toList();
  }

  /** The arrays whose gradient DL4J divides by the number of examples. */
  List<Weights> divided() {
    return all.stream().filter(Weights::isDivided).toList();
  }

  /** The arrays whose update DL4J does not divide. */
  List<Weights> undivided() {
    return all.stream().filter(weights -> !weights.isDivided()).toList();
  }

  /** The arrays that another updater moves. */
  List<Weights> others() {
    return others;
  }

  /** The arrays that have a gradient. */
  List<Weights> differentiated() {
    return differentiated;
  }

  private void add(UpdaterBlock block) {
    List<Weights> weights =
        block.getLayersAndVariablesInBlock().stream()
            .map(state -> Weights.of(state, key(state.getLayer())))
            .toList();
    weights.stream().filter(w -> !w.isFrozen()).forEach(all::add);
    List<Weights> moved = weights.stream().filter(w -> !w.movesByItself()).toList();
    List<Weights> trained = moved.stream().filter(this::hasGradient).toList();
    differentiated.addAll(trained);
    if (block.getGradientUpdater() instanceof AliGGradientUpdater updater) {
      long start = block.getParamOffsetStart();
      blocks.add(new Block(updater, start, ranges(trained), ranges(moved), trained));
    } else {
      others.addAll(trained);
    }
  }

  /** Compares by identity, because layers with the same values are equal. */
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

  private static List<ElementRange> ranges(List<Weights> weights) {
    List<ElementRange> ranges = new ArrayList<>();
    weights.forEach(w -> ElementRange.append(ranges, w.from(), w.to()));
    return ranges;
  }
}
