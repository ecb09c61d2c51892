package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alig.nd4j.StepEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The loss of a step is the one that its gradients derive from, in all kinds of networks.
 *
 * <p>Asked of what a step reports and does, not of DL4J's arrays: with step size γ and no momentum
 * the parameters move by γg, and to third order in γ the loss at w - γg and w + γg differs by
 * 2γ‖g‖². A mean for a sum, a gradient too many or too few, or another draw of a dropout mask are
 * off by a factor that shows.
 */
class LossAndGradientTest {
  private static final double STEP = 1e-6;

  /** The third-order term, γ²‖g‖²·f'''/f', and the loss's rounding, u·f/(2γ‖g‖²), are far below. */
  private static final double RELATIVE = 1e-5;

  private static final int TIME = 5;

  static Stream<Arguments> networks() {
    INDArray classes = Nets.classes(Nets.EXAMPLES);
    DataSet flat = Nets.data();
    DataSet series = new DataSet(Nets.normal(Nets.EXAMPLES, Nets.FEATURES, TIME), series());
    DataSet masked = new DataSet(series.getFeatures(), series.getLabels(), lengths(), lengths());
    DataSet images = new DataSet(Nets.normal(Nets.EXAMPLES, 1, 6, 6), classes);
    DataSet pixels = new DataSet(images.getFeatures(), Nd4j.rand(DataType.DOUBLE, 6, 2, 4, 4));
    DataSet voxels =
        new DataSet(
            Nets.normal(Nets.EXAMPLES, 1, 3, 3, 3), Nd4j.rand(DataType.DOUBLE, 6, 2, 2, 2, 2));
    InputType features = InputType.feedForward(Nets.FEATURES);
    InputType steps = InputType.recurrent(Nets.FEATURES, TIME);
    InputType image = InputType.convolutional(6, 6, 1);
    InputType volume = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 3, 3, 1);
    Layer dense = Nets.dense().build();
    Layer softmax = Nets.softmax().build();
    Layer lstm = new LSTM.Builder().nOut(5).build();
    Layer rnnSoftmax =
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .nOut(Nets.CLASSES)
            .activation(Activation.SOFTMAX)
            .build();
    Layer convolution = new ConvolutionLayer.Builder(3, 3).nOut(2).build();
    return Stream.of(
        network("dense", flat, features, dense, softmax),
        network(
            "labels masked",
            new DataSet(flat.getFeatures(), classes, null, column(1, 1, 0, 1, 0, 1)),
            features,
            dense,
            softmax),
        network(
            "hinge",
            new DataSet(flat.getFeatures(), classes.mul(2).sub(1)),
            features,
            dense,
            new OutputLayer.Builder(LossFunction.HINGE)
                .nOut(Nets.CLASSES)
                .activation(Activation.IDENTITY)
                .build()),
        network(
            "loss layer",
            flat,
            features,
            Nets.dense().nOut(Nets.CLASSES).build(),
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
        network("batch normalization", flat, features, dense, batchNorm(), dense, softmax),
        network(
            "batch normalization by log of deviation",
            flat,
            features,
            dense,
            new BatchNormalization.Builder().useLogStd(true).build(),
            softmax),
        network(
            "center loss",
            flat,
            features,
            dense,
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .lambda(0.5)
                .alpha(0.1)
                .nOut(Nets.CLASSES)
                .activation(Activation.SOFTMAX)
                .build()),
        network(
            "dropout",
            flat,
            features,
            Nets.dense().dropOut(0.7).build(),
            Nets.dense().dropOut(new GaussianDropout(0.5)).build(),
            Nets.softmax().dropOut(new AlphaDropout(0.7)).build()),
        network(
            "weights with noise",
            flat,
            features,
            Nets.dense().weightNoise(new WeightNoise(new NormalDistribution(0, 0.2))).build(),
            softmax),
        network(
            "frozen layer between others",
            flat,
            features,
            dense,
            new FrozenLayerWithBackprop(Nets.dense().build()),
            softmax),
        network("LSTM", series, steps, lstm, rnnSoftmax),
        network("LSTM on series of several lengths", masked, steps, lstm, rnnSoftmax),
        network(
            "two LSTMs in two directions",
            series,
            steps,
            new Bidirectional(new LSTM.Builder().nOut(5).build()),
            rnnSoftmax),
        network(
            "pooled LSTM",
            new DataSet(series.getFeatures(), classes, lengths(), null),
            steps,
            lstm,
            new GlobalPoolingLayer.Builder(PoolingType.MAX).build(),
            softmax),
        network(
            "loss of series",
            masked,
            steps,
            new LSTM.Builder().nOut(Nets.CLASSES).build(),
            new RnnLossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
        network(
            "convolution",
            images,
            image,
            convolution,
            batchNorm(),
            new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
            softmax),
        network(
            "loss of pixels",
            pixels,
            image,
            convolution,
            new CnnLossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build()),
        network(
            "loss of voxels",
            voxels,
            volume,
            new Convolution3D.Builder(2, 2, 2).nOut(2).build(),
            new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                .lossFunction(LossFunction.XENT)
                .activation(Activation.SIGMOID)
                .build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void theLossFallsByTheStepTimesTheSquaredNorm(
      String name, DataSet data, InputType input, List<Layer> layers) {
    AliGUpdater updater = AliGUpdater.builder().maxLearningRate(STEP).build();
    NeuralNetConfiguration.Builder base = Nets.base(updater);
    MultiLayerNetwork network =
        Nets.stack(base, input, layers.stream().map(Layer::clone).toArray(Layer[]::new));
    AliGTraining training = AliGTraining.attach(network);
    INDArray before = network.params().dup();
    fit(network, data);
    StepEvent event = training.lastStep().orElseThrow();
    double norm = event.report().gradientNorm();
    MultiLayerNetwork moved = network.clone();

    network.params().assign(before);
    double there = lossAfter(network, training, moved, 1, data);
    double back = lossAfter(network, training, moved, -1, data);

    assertThat(norm).isGreaterThan(1e-2);
    assertThat(event.report().stepSizes()).containsExactly(STEP);
    assertThat(event.report().loss()).isBetween(there, back);
    assertThat((back - there) / (2 * STEP)).isCloseTo(norm * norm, within(RELATIVE * norm * norm));
  }

  /** The loss at the parameters as they are, plus a multiple of a step; it puts them back. */
  private static double lossAfter(
      MultiLayerNetwork network,
      AliGTraining training,
      MultiLayerNetwork moved,
      double times,
      DataSet data) {
    INDArray before = network.params().dup();
    for (ParameterGroup group : training.groups()) {
      for (String name : group.parameters()) {
        INDArray value = network.getParam(name);
        value.addi(moved.getParam(name).sub(value).mul(times));
      }
    }
    fit(network, data);
    network.params().assign(before);
    return training.lastStep().orElseThrow().report().loss();
  }

  /** One iteration, with the same draws each time. */
  private static void fit(MultiLayerNetwork network, DataSet data) {
    Nd4j.getRandom().setSeed(11);
    network.fit(data.copy());
  }

  private static Arguments network(String name, DataSet data, InputType input, Layer... layers) {
    return Arguments.of(name, data, input, List.of(layers));
  }

  private static Layer batchNorm() {
    return new BatchNormalization.Builder().build();
  }

  private static INDArray series() {
    List<INDArray> steps = new ArrayList<>();
    for (int i = 0; i < TIME; i++) {
      steps.add(Nets.classes(Nets.EXAMPLES));
    }
    return Nd4j.stack(2, steps.toArray(INDArray[]::new));
  }

  /** The first series is shorter than the others. */
  private static INDArray lengths() {
    INDArray mask = Nd4j.ones(DataType.DOUBLE, Nets.EXAMPLES, TIME);
    mask.putScalar(0, TIME - 1, 0);
    mask.putScalar(0, TIME - 2, 0);
    return mask;
  }

  private static INDArray column(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }
}
