package dev.alig.benchmark;

import dev.alig.benchmark.TrainingRace.TrainingOptimizer;
import dev.alig.nd4j.samediff.SameDiffTrainer;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.weightinit.impl.XavierInitScheme;

/** A graph of SameDiff: its own {@code fit}, and our trainer. */
final class SameDiffTraining {
  private static final String FEATURES = "x";
  private static final String LABELS = "y";
  private static final String LOSS = "loss";

  private SameDiffTraining() {}

  static Training perceptron(TrainingOptimizer optimizer) {
    SameDiff graph = graph();
    long batch = TrainingData.BATCH;
    INDArray x =
        Nd4j.create(
            TrainingData.numbers(TrainingData.BATCH * TrainingData.INPUTS),
            new long[] {batch, TrainingData.INPUTS},
            'c');
    INDArray y =
        Nd4j.create(
            TrainingData.oneHot(TrainingData.BATCH, TrainingData.CLASSES),
            new long[] {batch, TrainingData.CLASSES},
            'c');
    DataSetIterator data = new SingletonDataSetIterator(new DataSet(x, y));
    DoubleSupplier loss =
        () -> graph.outputSingle(Map.of(FEATURES, x, LABELS, y), LOSS).getDouble(0);
    if (optimizer == TrainingOptimizer.ALI_G) {
      SameDiffTrainer trainer =
          SameDiffTrainer.builder(graph)
              .maxLearningRate(TrainingData.RATE)
              .momentum(TrainingData.MOMENTUM)
              .features(FEATURES)
              .labels(LABELS)
              .build();
      return new Training(() -> trainer.fit(data, 1), loss, () -> {});
    }
    graph.setTrainingConfig(
        TrainingConfig.builder()
            .updater(Dl4jTraining.updater(optimizer))
            .dataSetFeatureMapping(FEATURES)
            .dataSetLabelMapping(LABELS)
            .build());
    return new Training(() -> graph.fit(data, 1), loss, () -> {});
  }

  private static SameDiff graph() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder(FEATURES, DataType.FLOAT, -1, TrainingData.INPUTS);
    SDVariable y = graph.placeHolder(LABELS, DataType.FLOAT, -1, TrainingData.CLASSES);
    SDVariable first = layer(graph, 1, x, TrainingData.INPUTS, TrainingData.HIDDEN);
    SDVariable second =
        layer(graph, 2, graph.nn.relu(first, 0), TrainingData.HIDDEN, TrainingData.HIDDEN);
    SDVariable scores =
        layer(graph, 3, graph.nn.relu(second, 0), TrainingData.HIDDEN, TrainingData.CLASSES);
    graph.loss.softmaxCrossEntropy(LOSS, y, scores, null);
    graph.setLossVariables(LOSS);
    return graph;
  }

  private static SDVariable layer(
      SameDiff graph, int index, SDVariable x, int inputs, int outputs) {
    SDVariable weights =
        graph.var(
            "w" + index,
            new XavierInitScheme('c', inputs, outputs),
            DataType.FLOAT,
            inputs,
            outputs);
    SDVariable bias = graph.var("b" + index, Nd4j.zeros(DataType.FLOAT, outputs));
    return x.mmul(weights).add(bias);
  }
}
