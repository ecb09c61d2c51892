package dev.alig.nd4j.dl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The common view of DL4J's two kinds of network. */
sealed interface Network {
  /** The network itself. */
  Model model();

  boolean isInitialized();

  /** Its layers, vertices, preprocessors and so on. */
  Object configuration();

  /** The updater; it is created if there is none yet. */
  Updater updater();

  /** The object that calls the updater. */
  ConvexOptimizer optimizer();

  /** The number of iterations that the network has been trained for. */
  int iterations();

  /** The output layers, which compute the loss. */
  List<Layer> outputs();

  /** The layers without a gradient in DL4J, because a layer above them is frozen. */
  List<? extends Trainable> beneathFrozen();

  /** A copy in DOUBLE, with the same layers frozen. */
  Network inDouble();

  /** The minibatches that one iteration on these data trains on, in order. */
  List<Minibatch> segments(Minibatch data);

  /** The labels of the current iteration, one array per output. */
  List<@Nullable INDArray> labels();

  /** Whether back-propagation is truncated, so that series are trained on in segments. */
  boolean isTruncated();

  /** The layers that pass a state from one segment to the next. */
  default List<RecurrentLayer> recurrent() {
    return (isTruncated() ? layers() : List.<Layer>of())
        .stream()
            .map(Network::unwrapped)
            .filter(RecurrentLayer.class::isInstance)
            .map(RecurrentLayer.class::cast)
            .toList();
  }

  private static Layer unwrapped(Layer layer) {
    return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : layer;
  }

  /** All layers. */
  List<Layer> layers();

  /** Computes the score and its gradient, as fit does. */
  double score(Minibatch data);

  /** Sets the score that {@code score()} returns. */
  void setScore(double score);

  /** DL4J's own listeners. */
  Collection<TrainingListener> listeners();

  /**
   * Passes the state of recurrent layers to the next segment, as truncated back-propagation does.
   */
  void endSegment();

  /** A stack of layers. */
  record Stack(MultiLayerNetwork model) implements Network {
    @Override
    public boolean isInitialized() {
      return model.isInitCalled();
    }

    @Override
    public Object configuration() {
      return model.getLayerWiseConfigurations();
    }

    @Override
    public Updater updater() {
      return model.getUpdater();
    }

    @Override
    public ConvexOptimizer optimizer() {
      return model.getOptimizer();
    }

    @Override
    public int iterations() {
      return model.getIterationCount();
    }

    @Override
    public List<Layer> outputs() {
      return List.of(model.getOutputLayer());
    }

    @Override
    public List<Layer> beneathFrozen() {
      Layer[] layers = model.getLayers();
      int highest =
          IntStream.range(0, layers.length)
              .filter(i -> layers[i] instanceof FrozenLayer)
              .max()
              .orElse(0);
      return Stream.of(layers).limit(highest).toList();
    }

    @Override
    public List<@Nullable INDArray> labels() {
      return Collections.singletonList(model.getLabels());
    }

    @Override
    public List<Layer> layers() {
      return List.of(model.getLayers());
    }

    @Override
    public Network inDouble() {
      MultiLayerConfiguration configuration = model.getLayerWiseConfigurations().clone();
      configuration.setDataType(DataType.DOUBLE);
      MultiLayerNetwork copy = new MultiLayerNetwork(configuration);
      copy.init(model.params().castTo(DataType.DOUBLE).dup(), false);
      Layer[] layers = copy.getLayers();
      for (int i = 0; i < layers.length; i++) {
        if (model.getLayer(i) instanceof FrozenLayer && !(layers[i] instanceof FrozenLayer)) {
          layers[i] = new FrozenLayer(layers[i]);
        }
      }
      return new Stack(copy);
    }

    @Override
    public List<Minibatch> segments(Minibatch data) {
      model.rnnClearPreviousState();
      return isTruncated()
          ? data.segments(model.getLayerWiseConfigurations().getTbpttFwdLength())
          : List.of(data);
    }

    @Override
    public double score(Minibatch data) {
      model.setInput(data.features()[0]);
      model.setLabels(data.labels()[0]);
      model.setLayerMaskArrays(
          Minibatch.only(data.featureMasks()), Minibatch.only(data.labelMasks()));
      model.computeGradientAndScore();
      model.clearLayerMaskArrays();
      return model.score();
    }

    @Override
    public void setScore(double score) {
      model.setScore(score);
    }

    @Override
    public Collection<TrainingListener> listeners() {
      return model.getListeners();
    }

    @Override
    public void endSegment() {
      if (isTruncated()) {
        model.updateRnnStateWithTBPTTState();
      }
    }

    @Override
    public boolean isTruncated() {
      return model.getLayerWiseConfigurations().getBackpropType() == BackpropType.TruncatedBPTT;
    }
  }

  /** A graph of layers. DL4J itself refuses to back-propagate through a frozen layer of a graph. */
  record Graph(ComputationGraph model) implements Network {
    @Override
    public boolean isInitialized() {
      return model.params() != null;
    }

    @Override
    public Object configuration() {
      return model.getConfiguration();
    }

    @Override
    public Updater updater() {
      return model.getUpdater();
    }

    @Override
    public ConvexOptimizer optimizer() {
      return model.getOptimizer();
    }

    @Override
    public int iterations() {
      return model.getIterationCount();
    }

    @Override
    public List<Layer> outputs() {
      return IntStream.range(0, model.getNumOutputArrays())
          .mapToObj(model::getOutputLayer)
          .toList();
    }

    @Override
    public List<Trainable> beneathFrozen() {
      return List.of();
    }

    @Override
    public List<@Nullable INDArray> labels() {
      return Arrays.asList(
          (@Nullable INDArray[]) CorrectedLayers.field(ComputationGraph.class, "labels", model));
    }

    @Override
    public List<Layer> layers() {
      return List.of(model.getLayers());
    }

    @Override
    public Network inDouble() {
      ComputationGraphConfiguration configuration = GraphCopy.of(model);
      configuration.setDataType(DataType.DOUBLE);
      ComputationGraph copy = new ComputationGraph(configuration);
      copy.init(model.params().castTo(DataType.DOUBLE).dup(), false);
      for (GraphVertex vertex : model.getVertices()) {
        if (vertex.hasLayer() && vertex.getLayer() instanceof FrozenLayer) {
          copy.getVertex(vertex.getVertexName()).setLayerAsFrozen();
        }
      }
      return new Graph(copy);
    }

    @Override
    public List<Minibatch> segments(Minibatch data) {
      model.rnnClearPreviousState();
      return isTruncated()
          ? data.segments(model.getConfiguration().getTbpttFwdLength())
          : List.of(data);
    }

    @Override
    public double score(Minibatch data) {
      model.setInputs(data.features());
      model.setLabels(data.labels());
      model.setLayerMaskArrays(data.featureMasks(), data.labelMasks());
      model.computeGradientAndScore();
      model.clearLayerMaskArrays();
      return model.score();
    }

    @Override
    public void setScore(double score) {
      model.setScore(score);
    }

    @Override
    public Collection<TrainingListener> listeners() {
      return model.getListeners();
    }

    /** DL4J's own method for this is not public. */
    @Override
    public void endSegment() {
      if (isTruncated()) {
        for (Layer layer : model.getLayers()) {
          if (layer instanceof RecurrentLayer recurrent) {
            recurrent.rnnSetPreviousState(recurrent.rnnGetTBPTTState());
          }
        }
      }
    }

    @Override
    public boolean isTruncated() {
      return model.getConfiguration().getBackpropType() == BackpropType.TruncatedBPTT;
    }
  }
}
