package dev.alig.nd4j.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Every kind of layer of DL4J that a network may end with. */
final class OutputKinds {
  private record Output(
      Shape shape,
      Supplier<Layer> layer,
      Supplier<INDArray> labels,
      @Nullable Supplier<INDArray> mask) {}

  private OutputKinds() {}

  static List<SlopeCase> all() {
    List<SlopeCase> cases = new ArrayList<>();
    for (Output output : outputs()) {
      Class<?> kind = output.layer.get().getClass();
      for (boolean graph : new boolean[] {false, true}) {
        String last = output.shape == Shape.SERIES_LAST ? "channels last" : "";
        String in = !graph ? last : last.isEmpty() ? "graph" : name(last, "graph");
        cases.add(of(kind, in, output, UnaryOperator.identity(), false, false, graph));
        cases.add(of(kind, name(in, "dropout"), output, dropout(), false, false, graph));
        if (output.layer.get() instanceof BaseLayer) {
          cases.add(of(kind, name(in, "weight noise"), output, noise(), false, false, graph));
        }
        if (output.mask != null) {
          cases.add(of(kind, name(in, "mask of labels"), output, dropout(), false, true, graph));
        }
        cases.add(of(kind, name(in, "mask of features"), output, dropout(), true, false, graph));
      }
    }
    return cases;
  }

  private static String name(String first, String second) {
    return first.isEmpty() ? second : first + ", " + second;
  }

  static UnaryOperator<Layer> dropout() {
    return layer -> {
      layer.setIDropout(new Dropout(0.6));
      return layer;
    };
  }

  static UnaryOperator<Layer> noise() {
    return layer -> {
      ((BaseLayer) layer).setWeightNoise(new WeightNoise(new NormalDistribution(0, 0.2)));
      return layer;
    };
  }

  private static SlopeCase of(
      Class<?> kind,
      String circumstance,
      Output output,
      UnaryOperator<Layer> change,
      boolean features,
      boolean labels,
      boolean graph) {
    return SlopeCase.of(
        kind,
        circumstance,
        () -> {
          NeuralNetConfiguration.ListBuilder list =
              Nets.base(AliGUpdater.builder().maxLearningRate(1e-3).build()).list();
          list.layer(output.shape.beneath()).layer(change.apply(output.layer.get()));
          MultiLayerNetwork network =
              new MultiLayerNetwork(list.setInputType(output.shape.input()).build());
          network.init();
          INDArray featureMask =
              features
                  ? output.shape == Shape.SERIES || output.shape == Shape.SERIES_LAST
                      ? Sandwich.mask(Nets.EXAMPLES, Shape.TIME)
                      : column()
                  : null;
          INDArray labelMask = labels && output.mask != null ? output.mask.get() : null;
          DataSet data =
              new DataSet(output.shape.features(), output.labels.get(), featureMask, labelMask);
          return new SlopeCase.Trial(
              graph ? network.toComputationGraph() : network, data.toMultiDataSet());
        });
  }

  private static INDArray column() {
    return Nd4j.createFromArray(1.0, 1, 0, 1, 0, 1).reshape(Nets.EXAMPLES, 1);
  }

  private static INDArray uniform(long... shape) {
    Nd4j.getRandom().setSeed(17);
    return Nd4j.rand(DataType.DOUBLE, shape);
  }

  private static List<Output> outputs() {
    return List.of(
        new Output(
            Shape.FLAT, () -> Nets.softmax().build(), () -> Nets.classes(6), OutputKinds::column),
        new Output(
            Shape.FLAT,
            () ->
                new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                    .lambda(0.5)
                    .alpha(0.1)
                    .nOut(Nets.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build(),
            () -> Nets.classes(6),
            OutputKinds::column),
        new Output(
            Shape.FLAT,
            () -> new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
            () -> uniform(6, Nets.FEATURES),
            OutputKinds::column),
        new Output(
            Shape.FLAT,
            () -> new OCNNOutputLayer.Builder().nIn(4).hiddenLayerSize(4).nu(0.1).build(),
            () -> uniform(6, 1),
            null),
        new Output(
            Shape.SERIES,
            Sandwich::rnnSoftmax,
            () -> Sandwich.series(Shape.TIME),
            () -> Sandwich.mask(6, Shape.TIME)),
        new Output(
            Shape.SERIES,
            () ->
                new RnnLossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
            () -> uniform(6, Nets.FEATURES, Shape.TIME),
            () -> Sandwich.mask(6, Shape.TIME)),
        new Output(
            Shape.SERIES_LAST,
            () ->
                new RnnLossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
            () -> uniform(6, Shape.TIME, Nets.FEATURES),
            null),
        new Output(
            Shape.IMAGE,
            () ->
                new CnnLossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
            () -> uniform(6, 2, 6, 6),
            () -> uniform(6, 1, 6, 6).gt(0.5).castTo(DataType.DOUBLE)),
        new Output(
            Shape.VOLUME,
            () ->
                new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                    .lossFunction(LossFunction.XENT)
                    .activation(Activation.SIGMOID)
                    .build(),
            () -> uniform(6, 2, 4, 4, 4),
            () -> uniform(6, 1, 4, 4, 4).gt(0.5).castTo(DataType.DOUBLE)));
  }
}
