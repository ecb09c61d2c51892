package dev.alig.conformance.subjects.dl4j;

import static dev.alig.conformance.subjects.dl4j.Arrangement.GATES;
import static dev.alig.conformance.subjects.dl4j.Arrangement.SAME;
import static dev.alig.conformance.subjects.dl4j.Arrangement.TRANSPOSED;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Objective;
import dev.alig.conformance.subjects.ImageNetworks;
import dev.alig.experiments.networks.Dl4jGraphs;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import dev.alig.experiments.networks.InferSent;
import dev.alig.experiments.networks.Loss;
import dev.alig.experiments.networks.MultiClassHinge;
import dev.alig.experiments.networks.Network;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The models, configured as users of DL4J do. Their sizes are those of the case's weights. */
final class Networks {
  private final TrainingCase trained;
  private final IUpdater updater;

  private Networks(TrainingCase trained, IUpdater updater) {
    this.trained = trained;
    this.updater = updater;
  }

  /** The case's model with random weights. */
  static Dl4jModel of(TrainingCase trained, IUpdater updater) {
    Networks networks = new Networks(trained, updater);
    return switch (trained.model()) {
      case MLP -> networks.mlp();
      case CONVNET -> networks.convnet();
      case BILSTM -> networks.sentencePairs();
      case LSTM -> networks.sequences();
      case WRN -> networks.images(ImageNetworks.WRN, ImageNetworks.WRN_WITH_DROPOUT);
      case DENSENET -> networks.images(ImageNetworks.DENSENET, ImageNetworks.DENSENET);
      case INFERSENT -> networks.inferSent();
      case RESNET -> networks.images(ImageNetworks.RESNET, ImageNetworks.RESNET);
      case DNC ->
          throw new IllegalArgumentException("no network of Deeplearning4j is " + trained.model());
    };
  }

  private Dl4jModel mlp() {
    DenseLayer hidden =
        new DenseLayer.Builder().nOut(size("hidden.bias", 0)).activation(Activation.RELU).build();
    return new Dl4jModel(
        stack(InputType.feedForward(size("hidden.weight", 1)), hidden, output()),
        List.of(
            new Link("hidden.weight", "0_W", TRANSPOSED),
            new Link("hidden.bias", "0_b", SAME),
            new Link("output.weight", "1_W", TRANSPOSED),
            new Link("output.bias", "1_b", SAME)));
  }

  private Dl4jModel convnet() {
    int kernel = size("convolution.weight", 2);
    List<Integer> image = trained.problem().features().get(0).shape();
    Layer convolution =
        new ConvolutionLayer.Builder(kernel, kernel)
            .nOut(size("convolution.weight", 0))
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build();
    // It stores the variance, not the logarithm of its root, so that it can be set exactly.
    Layer normalization = new BatchNormalization.Builder().useLogStd(false).build();
    // DL4J's batch normalization accepts an activation but does not apply it.
    Layer rectified = new ActivationLayer.Builder().activation(Activation.RELU).build();
    Layer pooling =
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(2, 2)
            .stride(2, 2)
            .build();
    InputType input = InputType.convolutional(image.get(2), image.get(3), image.get(1));
    return new Dl4jModel(
        stack(input, convolution, normalization, rectified, pooling, output()),
        List.of(
            new Link("convolution.weight", "0_W", SAME),
            new Link("normalization.weight", "1_gamma", SAME),
            new Link("normalization.bias", "1_beta", SAME),
            new Link("normalization.running_mean", "1_mean", SAME),
            new Link("normalization.running_var", "1_var", SAME),
            new Link("output.weight", "4_W", TRANSPOSED),
            new Link("output.bias", "4_b", SAME)));
  }

  /** A network of the experiments, and one with the same arrays to evaluate. */
  private Dl4jModel images(Network network, Network evaluated) {
    List<Integer> image = trained.problem().features().get(0).shape();
    ImageSize size = new ImageSize(image.get(1), image.get(2), image.get(3));
    Loss loss = ImageNetworks.loss(trained);
    ComputationGraph graph = Dl4jGraphs.of(network, size, loss, updater, type());
    List<Link> links =
        Stream.concat(
                trained.problem().parameters().stream(), trained.problem().statistics().stream())
            .map(
                named ->
                    new Link(
                        named.name(),
                        Dl4jGraphs.key(graph, named.name()),
                        named.value().shape().size() == 2 ? TRANSPOSED : SAME))
            .toList();
    return new Dl4jModel(
        graph, links, Optional.of(Dl4jGraphs.of(evaluated, size, loss, new NoOp(), type())));
  }

  private Dl4jModel sequences() {
    LSTM memory =
        new LSTM.Builder().nOut(size("memory.weight_hh_l0", 1)).activation(Activation.TANH).build();
    RnnOutputLayer output =
        scored(new RnnOutputLayer.Builder(loss()), trained.problem().kinds()).build();
    return new Dl4jModel(
        stack(InputType.recurrent(size("memory.weight_ih_l0", 1)), memory, output),
        List.of(
            new Link("memory.weight_ih_l0", "0_W", GATES),
            new Link("memory.weight_hh_l0", "0_RW", GATES),
            new Link("memory.bias_ih_l0", "0_b", GATES),
            new Link("output.weight", "1_W", TRANSPOSED),
            new Link("output.bias", "1_b", SAME)));
  }

  /** Both sentences pass through one encoder, stacked as one batch. */
  private Dl4jModel sentencePairs() {
    LSTM.Builder direction =
        new LSTM.Builder().nOut(size("encoder.weight_hh_l0", 1)).activation(Activation.TANH);
    InputType sentence = InputType.recurrent(size("encoder.weight_ih_l0", 1));
    ComputationGraph network =
        new ComputationGraph(
            base()
                .graphBuilder()
                .addInputs("first", "second")
                .setInputTypes(sentence, sentence)
                .addVertex("both", new StackVertex(), "first", "second")
                .addLayer(
                    "encoder",
                    new Bidirectional(Bidirectional.Mode.CONCAT, direction.build()),
                    "both")
                .addLayer("pooled", new GlobalPoolingLayer(PoolingType.MAX), "encoder")
                .addVertex("u", new UnstackVertex(0, 2), "pooled")
                .addVertex("v", new UnstackVertex(1, 2), "pooled")
                .addVertex("difference", elementWise(ElementWiseVertex.Op.Subtract), "u", "v")
                .addLayer("distance", absolute(), "difference")
                .addVertex("product", elementWise(ElementWiseVertex.Op.Product), "u", "v")
                .addVertex("features", new MergeVertex(), "u", "v", "distance", "product")
                .addLayer("output", output(), "features")
                .setOutputs("output")
                .build());
    network.init();
    return new Dl4jModel(
        network,
        List.of(
            new Link("encoder.weight_ih_l0", "encoder_fW", GATES),
            new Link("encoder.weight_hh_l0", "encoder_fRW", GATES),
            new Link("encoder.bias_ih_l0", "encoder_fb", GATES),
            new Link("encoder.weight_ih_l0_reverse", "encoder_bW", GATES),
            new Link("encoder.weight_hh_l0_reverse", "encoder_bRW", GATES),
            new Link("encoder.bias_ih_l0_reverse", "encoder_bb", GATES),
            new Link("output.weight", "output_W", TRANSPOSED),
            new Link("output.bias", "output_b", SAME)));
  }

  /**
   * The network of the experiments. Its word vectors end with 1, whose weights are torch's second
   * bias.
   */
  private Dl4jModel inferSent() {
    int wordSize = size("encoder.weight_ih_l0", 1);
    InferSent network =
        new InferSent(
            wordSize,
            size("encoder.weight_hh_l0", 1),
            size("classifier.0.bias", 0),
            trained.objective() == Objective.HINGE ? Loss.HINGE : Loss.CROSS_ENTROPY);
    List<Link> directions =
        Stream.of("forward", "backward")
            .flatMap(layer -> direction(layer, layer.equals("forward") ? "" : "_reverse", wordSize))
            .toList();
    Stream<Link> classifier =
        IntStream.range(0, 3)
            .boxed()
            .flatMap(
                i ->
                    Stream.of(
                        new Link("classifier." + i + ".weight", "fc" + (i + 1) + "_W", TRANSPOSED),
                        new Link("classifier." + i + ".bias", "fc" + (i + 1) + "_b", SAME)));
    return new Dl4jModel(
        network.graph(updater, type()), Stream.concat(directions.stream(), classifier).toList());
  }

  private static Stream<Link> direction(String layer, String ending, int wordSize) {
    return Stream.of(
        new Link("encoder.weight_ih_l0" + ending, layer + "_W", GATES, OptionalInt.of(0)),
        new Link("encoder.bias_hh_l0" + ending, layer + "_W", GATES, OptionalInt.of(wordSize)),
        new Link("encoder.weight_hh_l0" + ending, layer + "_RW", GATES),
        new Link("encoder.bias_ih_l0" + ending, layer + "_b", GATES));
  }

  private static ElementWiseVertex elementWise(ElementWiseVertex.Op operation) {
    return new ElementWiseVertex(operation);
  }

  /** |x|: a leaky ReLU whose slope below 0 is -1. */
  private static Layer absolute() {
    return new ActivationLayer.Builder().activation(new ActivationLReLU(-1)).build();
  }

  private OutputLayer output() {
    return scored(new OutputLayer.Builder(loss()), trained.problem().kinds()).build();
  }

  private <T extends BaseOutputLayer.Builder<T>> T scored(T builder, int kinds) {
    boolean softmax = trained.objective() == Objective.CROSS_ENTROPY;
    return builder.nOut(kinds).activation(softmax ? Activation.SOFTMAX : Activation.IDENTITY);
  }

  /** The loss. By default DL4J's cross-entropy clips probabilities at 1e-10; here it does not. */
  private ILossFunction loss() {
    return switch (trained.objective()) {
      case CROSS_ENTROPY -> new LossMCXENT(0, null);
      case HINGE -> new MultiClassHinge();
      case BITS, TOP5 ->
          throw new IllegalArgumentException("no small model is trained by " + trained.objective());
    };
  }

  private MultiLayerNetwork stack(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = base().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(input).build());
    network.init();
    return network;
  }

  private NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder().dataType(type()).updater(updater);
  }

  private DataType type() {
    return trained.dtype() == DType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
  }

  private int size(String parameter, int dimension) {
    return trained.problem().shape(parameter).get(dimension);
  }
}
