package dev.alig.nd4j.dl4j;

import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Presents a network's flat arrays as the parameters, gradients and momenta of an {@link AliG}: one
 * group per updater configuration, one parameter per range of elements.
 */
final class Binding {
  private final List<Layout.Block> blocks;
  private final INDArray parameters;
  private final INDArray gradients;
  private final Map<AliGUpdater, List<Layout.Block>> groups = new LinkedHashMap<>();

  Binding(Layout layout, INDArray parameters, BaseMultiLayerUpdater<?> updater) {
    this.blocks = layout.blocks();
    this.parameters = parameters;
    this.gradients = updater.getFlattenedGradientsView();
    for (Layout.Block block : layout.trained()) {
      groups.computeIfAbsent(block.updater().getConfig(), c -> new ArrayList<>()).add(block);
    }
  }

  List<ParameterGroup> groups() {
    return groups.entrySet().stream()
        .map(group -> new ParameterGroup(group.getKey(), keys(group.getValue())))
        .toList();
  }

  private static List<String> keys(List<Layout.Block> blocks) {
    return blocks.stream().flatMap(block -> block.weights().stream()).map(Weights::key).toList();
  }

  /** The gradient of each of the optimizer's parameters. */
  List<INDArray> gradients() {
    return groups.values().stream().flatMap(group -> views(group, gradients).stream()).toList();
  }

  /** The optimizer, whose momentum is the updater's state. */
  AliG build(AliGBuilder builder) {
    groups.forEach(
        (config, group) ->
            builder.group(
                config.groupSettings(0, 0), views(group, parameters).toArray(INDArray[]::new)));
    AliG optimizer = builder.build();
    int index = 0;
    for (List<Layout.Block> group : groups.values()) {
      int parameter = 0;
      for (Layout.Block block : group) {
        for (ElementRange range : block.trained()) {
          useMomentum(optimizer, index, parameter++, block, range);
        }
      }
      index++;
    }
    return optimizer;
  }

  private static void useMomentum(
      AliG optimizer, int group, int parameter, Layout.Block block, ElementRange range) {
    block
        .updater()
        .momentum()
        .ifPresent(
            state -> optimizer.useMomentumBuffer(group, parameter, range.in(state, block.start())));
  }

  /** Lets the first block that DL4J calls take the step. */
  void attach(GlobalStep step) {
    AliGGradientUpdater.Turn turn = step;
    for (Layout.Block block : blocks) {
      List<INDArray> zeroed = block.zeroed().stream().map(s -> s.in(gradients, 0)).toList();
      block.updater().attach(turn, zeroed);
      turn = (iteration, epoch) -> {};
    }
  }

  private static List<INDArray> views(List<Layout.Block> blocks, INDArray flat) {
    return blocks.stream()
        .flatMap(block -> block.trained().stream())
        .map(range -> range.in(flat, 0))
        .toList();
  }
}
