package dev.alig.experiments.networks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * Layers as vertices of a Deeplearning4j graph, which have names.
 *
 * <p>Deeplearning4j's running variance follows the biased variance of a batch; PyTorch's follows
 * the unbiased one.
 */
final class VertexLayers implements Layers<String> {
  private static final double EPS = 1e-5;
  private static final double KEPT = 0.9;

  private final GraphBuilder graph;
  private int unnamed;

  VertexLayers(GraphBuilder graph) {
    this.graph = graph;
  }

  private String add(String name, Layer layer, String input) {
    graph.addLayer(name, layer, input);
    return name;
  }

  private String next(String kind) {
    return kind + ++unnamed;
  }

  /** Pads explicitly, because the mode Same pads only one side if a stride does not fit. */
  @Override
  public String convolution(String name, String input, int outputs, int kernel, int stride) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .padding(kernel / 2, kernel / 2)
            .convolutionMode(ConvolutionMode.Truncate)
            .nOut(outputs)
            .hasBias(false)
            .build();
    return add(name, layer, input);
  }

  @Override
  public String normalization(String name, String input) {
    BatchNormalization layer =
        new BatchNormalization.Builder().eps(EPS).decay(KEPT).useLogStd(false).build();
    return add(name, layer, input);
  }

  @Override
  public String relu(String input) {
    return add(
        next("relu"), new ActivationLayer.Builder().activation(Activation.RELU).build(), input);
  }

  /** Deeplearning4j takes the probability that a number is kept. */
  @Override
  public String dropout(String input, double rate) {
    return add(next("dropout"), new DropoutLayer.Builder(new Dropout(1 - rate)).build(), input);
  }

  @Override
  public String sum(String first, String second) {
    String name = next("sum");
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), first, second);
    return name;
  }

  @Override
  public String concatenation(String first, String second) {
    String name = next("concatenation");
    graph.addVertex(name, new MergeVertex(), first, second);
    return name;
  }

  @Override
  public String halvedByMean(String input) {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
            .kernelSize(2, 2)
            .stride(2, 2)
            .convolutionMode(ConvolutionMode.Truncate)
            .build();
    return add(next("pooling"), layer, input);
  }

  @Override
  public String halvedByMaximum(String input) {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(3, 3)
            .stride(2, 2)
            .padding(1, 1)
            .convolutionMode(ConvolutionMode.Truncate)
            .build();
    return add(next("pooling"), layer, input);
  }

  @Override
  public String channelMeans(String input) {
    return add(next("means"), new GlobalPoolingLayer(PoolingType.AVG), input);
  }

  @Override
  public String linear(String name, String input, int outputs, Bias bias) {
    return add(
        name, new DenseLayer.Builder().nOut(outputs).hasBias(bias != Bias.NONE).build(), input);
  }
}
