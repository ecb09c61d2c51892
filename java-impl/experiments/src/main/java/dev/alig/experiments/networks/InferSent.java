package dev.alig.experiments.networks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * InferSent (Conneau et al., EMNLP 2017, arXiv:1705.02364) as a graph of Deeplearning4j.
 *
 * <p>A bidirectional LSTM encodes two sentences to u and v, by {@link MaxOverTime}. Three linear
 * layers without activations score (u, v, |u - v|, u * v) for three classes.
 *
 * <p>The graph gets no masks, since Deeplearning4j's LSTM does not heed them in a graph. Its inputs
 * are those of {@link SentencePairs}: each sentence also reversed word by word, so that the
 * backward direction is a plain LSTM too and meets padding only after the last word.
 *
 * <p>A word vector has a last component of 1. Its row of weights is PyTorch's second bias, which
 * counts in the norms of gradient and parameters; Deeplearning4j's LSTM has one bias.
 *
 * @param wordSize the numbers of a word vector
 * @param hidden the size of the LSTM in each direction
 * @param classifier the size of the two inner linear layers
 * @param loss cross-entropy or hinge
 */
public record InferSent(int wordSize, int hidden, int classifier, Loss loss) {
  /** The number of classes. */
  public static final int CLASSES = 3;

  /** Checks the sizes. */
  public InferSent {
    requirePositive("wordSize", wordSize);
    requirePositive("hidden", hidden);
    requirePositive("classifier", classifier);
  }

  /**
   * The network with all parameters 0.
   *
   * @param type FLOAT or DOUBLE
   */
  public ComputationGraph graph(IUpdater updater, DataType type) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(type)
            .activation(Activation.IDENTITY)
            .weightInit(WeightInit.ZERO)
            .updater(updater)
            .graphBuilder()
            .addInputs(SentencePairs.INPUTS);
    encode(builder);
    classify(builder);
    builder
        .addLayer(Dl4jGraphs.LOSS, Dl4jGraphs.layer(loss, type), "fc3")
        .setOutputs(Dl4jGraphs.LOSS);
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  /** Both sentences pass through one encoder, stacked as one batch. */
  private void encode(GraphBuilder builder) {
    builder
        .addVertex("words", new StackVertex(), "first", "second")
        .addVertex("reversedWords", new StackVertex(), "firstReversed", "secondReversed")
        .addVertex("lengths", new StackVertex(), "firstLengths", "secondLengths")
        .addLayer("forward", direction(), "words")
        .addLayer("backward", direction(), "reversedWords")
        .addVertex("pooledForward", new MaxOverTime(), "forward", "lengths")
        .addVertex("pooledBackward", new MaxOverTime(), "backward", "lengths")
        .addVertex("sentences", new MergeVertex(), "pooledForward", "pooledBackward")
        .addVertex("u", new UnstackVertex(0, 2), "sentences")
        .addVertex("v", new UnstackVertex(1, 2), "sentences");
  }

  private LSTM direction() {
    return new LSTM.Builder()
        .nIn(wordSize + 1)
        .nOut(hidden)
        .activation(Activation.TANH)
        .gateActivationFunction(Activation.SIGMOID)
        .build();
  }

  private void classify(GraphBuilder builder) {
    builder
        .addVertex("difference", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), "u", "v")
        .addLayer("distance", absolute(), "difference")
        .addVertex("product", new ElementWiseVertex(ElementWiseVertex.Op.Product), "u", "v")
        .addVertex("features", new MergeVertex(), "u", "v", "distance", "product")
        .addLayer("fc1", linear(4 * 2 * hidden, classifier), "features")
        .addLayer("fc2", linear(classifier, classifier), "fc1")
        .addLayer("fc3", linear(classifier, CLASSES), "fc2");
  }

  /** |x|: a leaky ReLU whose slope below 0 is -1. */
  private static ActivationLayer absolute() {
    return new ActivationLayer.Builder().activation(new ActivationLReLU(-1)).build();
  }

  private static DenseLayer linear(int inputs, int outputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).build();
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, was " + value);
    }
  }
}
