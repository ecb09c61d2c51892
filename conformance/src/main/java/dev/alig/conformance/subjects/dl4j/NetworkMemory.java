package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network's parameters, gradients and momenta, array by array.
 *
 * <p>All three lie in flat arrays of one layout, except that momenta have gaps where a block of the
 * updater keeps none.
 */
final class NetworkMemory {
  private final Model model;
  private final BaseMultiLayerUpdater<?> updater;
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  /** Where an array like {@code like} lies: its start in the parameters, and in the momenta. */
  private record Slot(long start, long momentum, INDArray like) {
    INDArray in(INDArray flat, long from) {
      return flat.reshape(flat.length())
          .get(NDArrayIndex.interval(from, from + like.length()))
          .reshape(like.ordering(), like.shape());
    }
  }

  NetworkMemory(Model model, BaseMultiLayerUpdater<?> updater) {
    this.model = model;
    this.updater = updater;
    updater
        .getLayersByName()
        .forEach(
            (layer, trainable) -> {
              for (UpdaterBlock block : updater.getUpdaterBlocks()) {
                for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
                  if (state.getLayer() == trainable) {
                    add(layer + "_" + state.getParamName(), block, state);
                  }
                }
              }
            });
  }

  private void add(String key, UpdaterBlock block, UpdaterBlock.ParamState state) {
    long start = state.getParamOffsetStart();
    long momentum = block.getUpdaterViewOffsetStart() + start - block.getParamOffsetStart();
    slots.put(key, new Slot(start, momentum, model.getParam(key)));
  }

  INDArray parameter(String key) {
    Slot slot = slot(key);
    return slot.in(model.params(), slot.start);
  }

  INDArray momentum(String key) {
    Slot slot = slot(key);
    return slot.in(updater.getStateViewArray(), slot.momentum);
  }

  /** The part of an array that has the layout of the parameters. */
  INDArray part(String key, INDArray flat) {
    Slot slot = slot(key);
    return slot.in(flat, slot.start);
  }

  private Slot slot(String key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      throw new IllegalArgumentException(
          "the network has no parameter %s; there are %s".formatted(key, slots.keySet()));
    }
    return slot;
  }

  /** Sets an array to a torch tensor. */
  static void write(Link link, Tensor torch, INDArray target) {
    double[] values = link.arrangement().toDl4j(torch);
    if (values.length != target.length()) {
      throw new IllegalArgumentException(
          "%s has %d elements, %s has %d"
              .formatted(link.torch(), values.length, link.key(), target.length()));
    }
    INDArray rows = Nd4j.createFromArray(values).castTo(target.dataType());
    target.assign(rows.reshape('c', target.shape()));
  }

  /** The torch tensor that an array holds. */
  static Tensor read(Link link, List<Integer> shape, INDArray source) {
    return link.arrangement().toTorch(shape, source.dup('c').data().asDouble());
  }
}
