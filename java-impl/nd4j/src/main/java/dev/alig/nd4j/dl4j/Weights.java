package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.misc.DummyConfig;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.params.CenterLossParamInitializer;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;

/**
 * One of a layer's parameter arrays.
 *
 * @param layer the layer, or a vertex that has one or has parameters itself
 * @param name the array's name in the layer, such as W
 * @param key the array's name in the network, such as 0_W
 * @param from the index of its first element in the network's parameters
 * @param to the index after its last element
 */
record Weights(Trainable layer, String name, String key, long from, long to) {
  static Weights of(ParamState state, String layerKey) {
    return new Weights(
        state.getLayer(),
        state.getParamName(),
        layerKey + "_" + state.getParamName(),
        state.getParamOffsetStart(),
        state.getParamOffsetEnd());
  }

  /**
   * Whether its "gradient" is really an update. This is so for batch normalization's running mean
   * and variance, and for center loss's centers.
   */
  boolean movesByItself() {
    return !isDivided()
        || (layer.getConfig() instanceof CenterLossOutputLayer
            && name.equals(CenterLossParamInitializer.CENTER_KEY));
  }

  /** Whether DL4J divides its gradient by the number of examples. */
  boolean isDivided() {
    return layer.updaterDivideByMinibatch(name);
  }

  /** Whether its layer is frozen. DL4J gives frozen layers a dummy configuration. */
  boolean isFrozen() {
    Trainable inner = layer instanceof GraphVertex vertex ? vertex.getLayer() : layer;
    return inner instanceof FrozenLayerWithBackprop || layer.getConfig() instanceof DummyConfig;
  }

  /** For messages. */
  String describe() {
    return "parameter " + key + " of layer \"" + layer.getConfig().getLayerName() + "\"";
  }
}
