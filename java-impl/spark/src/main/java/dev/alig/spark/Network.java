package dev.alig.spark;

import dev.alig.nd4j.StepListener;
import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.SlopeReport;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The common view of DL4J's two kinds of network. */
sealed interface Network {
  Model model();

  /** The configuration, with counters at 0. */
  String json();

  default int iterations() {
    return BaseOptimizer.getIterationCount(model());
  }

  default int epochs() {
    return BaseOptimizer.getEpochCount(model());
  }

  void setCounts(int iterations, int epochs);

  /** The updater's state, which is the momentum. */
  default Optional<INDArray> state() {
    return Optional.ofNullable(((NeuralNetwork) model()).updaterState());
  }

  Collection<TrainingListener> listeners();

  AliGTraining attach(StepListener... listeners);

  SlopeReport verifySlope(MultiDataSet data);

  /** The network that a file holds. */
  Network restore(File file) throws IOException;

  /** A new network of a configuration, with the parameters that its seed draws. */
  static Network of(boolean isGraph, String json) {
    if (isGraph) {
      ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
      graph.init();
      return new Graph(graph);
    }
    MultiLayerNetwork stack = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
    stack.init();
    return new Stack(stack);
  }

  private static String withoutCounts(String json) {
    return json.replaceAll("(\"(?:iteration|epoch)Count\"\\s*:\\s*)\\d+", "$10");
  }

  /** A stack of layers. */
  record Stack(MultiLayerNetwork model) implements Network {
    @Override
    public String json() {
      return withoutCounts(model.getLayerWiseConfigurations().toJson());
    }

    @Override
    public void setCounts(int iterations, int epochs) {
      model.setIterationCount(iterations);
      model.setEpochCount(epochs);
    }

    @Override
    public Collection<TrainingListener> listeners() {
      return model.getListeners();
    }

    @Override
    public AliGTraining attach(StepListener... listeners) {
      return AliGTraining.attach(model, listeners);
    }

    @Override
    public SlopeReport verifySlope(MultiDataSet data) {
      return AliGTraining.verifySlope(
          model,
          new DataSet(
              data.getFeatures(0),
              data.getLabels(0),
              data.getFeaturesMaskArray(0),
              data.getLabelsMaskArray(0)));
    }

    @Override
    public Network restore(File file) throws IOException {
      return new Stack(MultiLayerNetwork.load(file, true));
    }
  }

  /** A graph of layers. */
  record Graph(ComputationGraph model) implements Network {
    @Override
    public String json() {
      return withoutCounts(model.getConfiguration().toJson());
    }

    @Override
    public void setCounts(int iterations, int epochs) {
      model.getConfiguration().setIterationCount(iterations);
      model.getConfiguration().setEpochCount(epochs);
    }

    @Override
    public Collection<TrainingListener> listeners() {
      return model.getListeners();
    }

    @Override
    public AliGTraining attach(StepListener... listeners) {
      return AliGTraining.attach(model, listeners);
    }

    @Override
    public SlopeReport verifySlope(MultiDataSet data) {
      return AliGTraining.verifySlope(model, data);
    }

    @Override
    public Network restore(File file) throws IOException {
      return new Graph(ComputationGraph.load(file, true));
    }
  }
}
