package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that end as suits the layers beneath. */
final class Sandwich {
  private final NeuralNetConfiguration.Builder base =
      Nets.base(AliGUpdater.builder().maxLearningRate(1e-3).build());
  private final Shape shape;
  private final List<Supplier<Layer>> layers;
  private boolean masked;
  private int segment;
  private int examples = 1;
  private @Nullable InputType known;
  private UnaryOperator<Layer> end = UnaryOperator.identity();

  @SafeVarargs
  @SuppressWarnings("varargs") // The array is copied.
  Sandwich(Shape shape, Supplier<Layer>... layers) {
    this.shape = shape;
    this.layers = List.of(layers);
  }

  /** Changes the output layer. */
  Sandwich output(UnaryOperator<Layer> change) {
    end = change;
    return this;
  }

  Sandwich series() {
    return above(InputType.recurrent(5, Shape.TIME));
  }

  Sandwich flat() {
    return above(InputType.feedForward(Nets.FEATURES));
  }

  /** Says what comes out of the layers, where DL4J says something else. */
  private Sandwich above(InputType output) {
    known = output;
    return this;
  }

  Sandwich maskedIf(boolean is) {
    masked = is;
    return this;
  }

  Sandwich masked() {
    masked = true;
    return this;
  }

  /** Each example becomes this many. */
  Sandwich split(int number) {
    examples = number;
    return this;
  }

  Sandwich truncated(int length) {
    segment = length;
    return this;
  }

  SlopeCase.Trial build() {
    InputType output = known != null ? known : output();
    boolean series = output.getType() == InputType.Type.RNN;
    NeuralNetConfiguration.ListBuilder list = base.list();
    layers.forEach(layer -> list.layer(layer.get()));
    if (shape == Shape.VOLUME || shape == Shape.VOLUME_LAST) {
      list.layer(
          new GlobalPoolingLayer.Builder(PoolingType.AVG)
              .poolingDimensions(shape == Shape.VOLUME ? new int[] {2, 3, 4} : new int[] {1, 2, 3})
              .build());
    }
    list.layer(end.apply(series ? rnnSoftmax() : Nets.softmax().name("out").build()));
    if (segment > 0) {
      list.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(segment);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(shape.input()).build());
    network.init();
    INDArray labels = Nets.classes(Nets.EXAMPLES * examples);
    INDArray mask = null;
    INDArray labelMask = null;
    if (masked) {
      mask = mask(Nets.EXAMPLES, Shape.TIME);
    }
    if (series) {
      int time = (int) ((InputType.InputTypeRecurrent) output).getTimeSeriesLength();
      labels = series(time);
      labels = shape == Shape.SERIES_LAST ? labels.permute(0, 2, 1).dup() : labels;
      labelMask = masked ? mask(Nets.EXAMPLES, time) : null;
    }
    return new SlopeCase.Trial(
        network, new DataSet(shape.features(), labels, mask, labelMask).toMultiDataSet());
  }

  private InputType output() {
    NeuralNetConfiguration.ListBuilder list = base.list();
    if (layers.get(layers.size() - 1).get() instanceof GlobalPoolingLayer) {
      return InputType.feedForward(Nets.FEATURES);
    }
    layers.forEach(layer -> list.layer(layer.get()));
    MultiLayerConfiguration configuration = list.setInputType(shape.input()).build();
    List<InputType> types = configuration.getLayerActivationTypes(shape.input());
    return types.get(types.size() - 1);
  }

  static RnnOutputLayer rnnSoftmax() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(Nets.CLASSES)
        .activation(Activation.SOFTMAX)
        .name("out")
        .build();
  }

  static INDArray series(int time) {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, Nets.EXAMPLES, Nets.CLASSES, time);
    for (int example = 0; example < Nets.EXAMPLES; example++) {
      for (int step = 0; step < time; step++) {
        labels.putScalar(example, (example + step) % Nets.CLASSES, step, 1);
      }
    }
    return labels;
  }

  /** Two of the series are shorter than the others. */
  static INDArray mask(int examples, int time) {
    INDArray mask = Nd4j.ones(DataType.DOUBLE, examples, time);
    mask.putScalar(0, time - 1, 0);
    mask.putScalar(1, time - 1, 0);
    if (time > 2) {
      mask.putScalar(1, time - 2, 0);
    }
    return mask;
  }
}
