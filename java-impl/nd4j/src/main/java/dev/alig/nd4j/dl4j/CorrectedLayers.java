package dev.alig.nd4j.dl4j;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaVertex;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.layers.recurrent.GravesLSTM;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.LastTimeStepLayer;
import org.deeplearning4j.nn.layers.recurrent.RnnLossLayer;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.layers.training.CenterLossOutputLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Replaces layers of DL4J whose gradient is not that of their loss.
 *
 * <p>The replacements are subclasses with the same configuration and the same arrays. They are in
 * the network and not in its configuration. So they last as long as the attachment, and are not
 * saved.
 */
final class CorrectedLayers {
  @SuppressWarnings("deprecation") // GravesLSTM is deprecated, but networks still have it.
  private static final Map<Class<?>, Maker<?>> MAKERS =
      Map.of(
          OutputLayer.class, SameMaskOutputLayer::new,
          LossLayer.class, InputKeepingLossLayer::new,
          RnnLossLayer.class, SameMaskRnnLossLayer::new,
          RnnOutputLayer.class, SameNoiseRnnOutputLayer::new,
          CenterLossOutputLayer.class, SameNoiseCenterLossLayer::new,
          LSTM.class, StatefulLstm::new,
          GravesLSTM.class, StatefulGravesLstm::new,
          SameDiffLayer.class, SingleGradientLayer::new);

  private static final String VERSION = "; ALI-G is for Deeplearning4j 1.0.0-M2.1";

  private CorrectedLayers() {}

  /** Replaces the layers that have a gradient, in an initialized network. */
  static void apply(Network network) {
    if (network instanceof Network.Stack stack) {
      apply(stack.model(), network.beneathFrozen());
    } else if (network instanceof Network.Graph graph) {
      apply(graph.model());
    }
  }

  private static void apply(MultiLayerNetwork model, List<? extends Trainable> beneathFrozen) {
    Layer[] layers = model.getLayers();
    @SuppressWarnings("unchecked")
    Map<String, Layer> byName =
        (Map<String, Layer>) field(MultiLayerNetwork.class, "layerMap", model);
    for (int i = beneathFrozen.size(); i < layers.length; i++) {
      Layer layer = layers[i];
      layers[i] = corrected(layer);
      byName.replace(layer.conf().getLayer().getLayerName(), layers[i]);
    }
  }

  private static void apply(ComputationGraph model) {
    GraphVertex[] vertices = model.getVertices();
    @SuppressWarnings("unchecked")
    Map<String, GraphVertex> byName =
        (Map<String, GraphVertex>) field(ComputationGraph.class, "verticesMap", model);
    Layer[] layers = model.getLayers();
    for (int i = 0; i < vertices.length; i++) {
      if (vertices[i] instanceof LayerVertex vertex) {
        Layer layer = vertex.getLayer();
        Layer corrected = corrected(layer);
        vertex.setLayer(corrected);
        for (int j = 0; j < layers.length; j++) {
          layers[j] = layers[j] == layer ? corrected : layers[j];
        }
      } else if (vertices[i].getClass() == SameDiffGraphVertex.class) {
        vertices[i] = corrected(model, (SameDiffGraphVertex) vertices[i]);
        byName.put(vertices[i].getVertexName(), vertices[i]);
      }
    }
  }

  private static Layer corrected(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      wrapper.setUnderlying(corrected(wrapper.getUnderlying()));
      return wrapper.getClass() == LastTimeStepLayer.class
          ? new ExactLastTimeStep(wrapper.getUnderlying())
          : wrapper;
    }
    Maker<?> maker = MAKERS.get(layer.getClass());
    if (maker == null) {
      return layer;
    }
    AbstractLayer<?> old = (AbstractLayer<?>) layer;
    return copied(old, maker.make(old.conf(), old.getDataType()));
  }

  private interface Maker<T extends AbstractLayer<?>> {
    T make(NeuralNetConfiguration conf, DataType type);
  }

  private static <T extends AbstractLayer<?>> T copied(AbstractLayer<?> from, T to) {
    to.setIndex(from.getIndex());
    to.setListeners(from.getListeners());
    to.setCacheMode(from.getCacheMode());
    to.setIterationCount(from.getIterationCount());
    to.setEpochCount(from.getEpochCount());
    to.setParamsViewArray(from.params());
    to.setParamTable(from.paramTable());
    INDArray gradients = from.getGradientsViewArray();
    if (gradients != null) {
      to.setBackpropGradientsViewArray(gradients);
    }
    return to;
  }

  private static GraphVertex corrected(ComputationGraph model, SameDiffGraphVertex from) {
    if (from.getConfig() instanceof SameDiffLambdaVertex lambda) {
      forgetGraph(lambda);
    }
    SingleGradientVertex to =
        new SingleGradientVertex(
            (SameDiffVertex) from.getConfig(),
            model,
            from.getVertexName(),
            from.getVertexIndex(),
            from.params(),
            from.getDataType());
    to.setInputVertices(from.getInputVertices());
    to.setOutputVertices(from.getOutputVertices());
    to.setOutputVertex(from.isOutputVertex());
    INDArray gradients = model.getFlattenedGradients();
    if (gradients != null && to.numParams() > 0) {
      long start = start(model, from);
      to.setBackpropGradientsViewArray(
          gradients
              .reshape(gradients.length())
              .get(NDArrayIndex.interval(start, start + to.numParams())));
    }
    return to;
  }

  /** The index of a vertex's first element in the network's parameters. */
  private static long start(ComputationGraph model, GraphVertex vertex) {
    long start = 0;
    for (int index : model.topologicalSortOrder()) {
      if (index == vertex.getVertexIndex()) {
        break;
      }
      start += model.getVertices()[index].numParams();
    }
    return start;
  }

  /**
   * A lambda vertex keeps the graph in which it was first defined, and would add its operations to
   * that graph again.
   */
  private static void forgetGraph(SameDiffLambdaVertex lambda) {
    try {
      Field inputs = SameDiffLambdaVertex.class.getDeclaredField("inputs");
      inputs.setAccessible(true);
      inputs.set(lambda, null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(lambda + " has no inputs" + VERSION, e);
    }
  }

  /** The value of a private field of DL4J. */
  static Object field(Class<?> type, String name, Object of) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " has no " + name + VERSION, e);
    }
  }
}
