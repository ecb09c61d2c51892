package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The positions of a network's arrays in its flat parameters, gradients and momenta.
 *
 * <p>Parameters and gradients have the same layout. Momenta have another one, because some blocks
 * of the updater have no momentum. An array lies there in its own order, by rows or by columns.
 */
final class NetworkMemory {
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  /**
   * The start of an array with the shape and order of {@code like} in the parameters and in the
   * momenta.
   */
  private record Slot(int start, int momentum, INDArray like) {
    /** The row-major index of the first element that a tensor fills. */
    int first(Link link) {
      return link.rows().orElse(0) * (int) like.size(-1);
    }

    /**
     * The position in memory, from the start of the array, of the element with a row-major index.
     */
    int place(int at) {
      if (like.ordering() == 'c') {
        return at;
      }
      long[] shape = like.shape();
      long place = 0;
      long rest = at;
      long stride = like.length();
      for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
        stride /= shape[dimension];
        place += rest % shape[dimension] * stride;
        rest /= shape[dimension];
      }
      return (int) place;
    }
  }

  NetworkMemory(Model model, BaseMultiLayerUpdater<?> updater) {
    updater
        .getLayersByName()
        .forEach(
            (layer, trainable) -> {
              for (UpdaterBlock block : updater.getUpdaterBlocks()) {
                for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
                  if (state.getLayer() == trainable) {
                    add(layer + "_" + state.getParamName(), block, state, model);
                  }
                }
              }
            });
  }

  private void add(String key, UpdaterBlock block, UpdaterBlock.ParamState state, Model model) {
    int start = state.getParamOffsetStart();
    int momentum = block.getUpdaterViewOffsetStart() + start - block.getParamOffsetStart();
    slots.put(key, new Slot(start, momentum, model.getParam(key)));
  }

  /** A kind of flat array. */
  enum Part {
    /** Parameters, or gradients. */
    PARAMETERS,
    /** The updater's state. */
    MOMENTA
  }

  /** The torch tensor in a flat array. */
  Tensor read(Link link, List<Integer> shape, Part part, double[] flat) {
    Slot slot = slot(link, Tensor.size(shape));
    int start = start(slot, part);
    double[] values = new double[Tensor.size(shape)];
    for (int at = 0; at < values.length; at++) {
      values[at] = flat[start + slot.place(slot.first(link) + at)];
    }
    return link.arrangement().toTorch(shape, values);
  }

  /** Writes a torch tensor into a flat array. */
  void write(Link link, Tensor torch, Part part, double[] flat) {
    Slot slot = slot(link, torch.size());
    int start = start(slot, part);
    double[] values = link.arrangement().toDl4j(torch);
    for (int at = 0; at < values.length; at++) {
      flat[start + slot.place(slot.first(link) + at)] = values[at];
    }
  }

  private static int start(Slot slot, Part part) {
    return part == Part.MOMENTA ? slot.momentum : slot.start;
  }

  private Slot slot(Link link, int size) {
    Slot slot = slots.get(link.key());
    if (slot == null) {
      throw new IllegalArgumentException(
          "the network has no parameter %s; there are %s".formatted(link.key(), slots.keySet()));
    }
    long room = slot.like.length() - slot.first(link);
    if (link.rows().isEmpty() ? size != room : size > room) {
      throw new IllegalArgumentException(
          "%s has %d elements, %s has %d for it".formatted(link.torch(), size, link.key(), room));
    }
    return slot;
  }
}
