package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.ConvexOptimizer;

/** What the two kinds of network have in common but name differently. */
sealed interface Network {
  /** The network itself. */
  Model model();

  boolean isInitialized();

  /** The updater, made if there is none yet. */
  Updater updater();

  /** What calls the updater. */
  ConvexOptimizer optimizer();

  /** How many iterations the network has been trained for. */
  int iterations();

  /** The layers that the loss comes from. */
  List<Layer> outputs();

  /** The layers that DL4J computes no gradient for, because one above them is frozen. */
  List<? extends Trainable> beneathFrozen();

  /** A stack of layers. */
  record Stack(MultiLayerNetwork model) implements Network {
    @Override
    public boolean isInitialized() {
      return model.isInitCalled();
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
  }

  /** A graph of layers; it refuses to go back through a frozen one by itself. */
  record Graph(ComputationGraph model) implements Network {
    @Override
    public boolean isInitialized() {
      return model.params() != null;
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
  }
}
