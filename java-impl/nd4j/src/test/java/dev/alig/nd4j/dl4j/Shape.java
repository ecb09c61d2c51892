package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What goes into a layer, and a layer of a simple kind that makes it, which gets its gradient. */
@SuppressWarnings("ImmutableEnumChecker") // Nobody writes to them.
enum Shape {
  FLAT(InputType.feedForward(Nets.FEATURES), Nets.EXAMPLES, Nets.FEATURES),
  SERIES(InputType.recurrent(Nets.FEATURES, Shape.TIME), Nets.EXAMPLES, Nets.FEATURES, Shape.TIME),
  IMAGE(InputType.convolutional(6, 6, 2), Nets.EXAMPLES, 2, 6, 6),
  VOLUME(
      InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 4, 4, 2),
      Nets.EXAMPLES,
      2,
      4,
      4,
      4),
  SERIES_LAST(
      InputType.recurrent(Nets.FEATURES, Shape.TIME, RNNFormat.NWC),
      Nets.EXAMPLES,
      Shape.TIME,
      Nets.FEATURES),
  IMAGE_LAST(InputType.convolutional(6, 6, 2, CNN2DFormat.NHWC), Nets.EXAMPLES, 6, 6, 2),
  VOLUME_LAST(
      InputType.convolutional3D(Convolution3D.DataFormat.NDHWC, 4, 4, 4, 2),
      Nets.EXAMPLES,
      4,
      4,
      4,
      2);

  static final int TIME = 6;

  private final InputType input;
  private final long[] features;

  Shape(InputType input, long... features) {
    this.input = input;
    this.features = features;
  }

  InputType input() {
    return input;
  }

  INDArray features() {
    return Nets.normal(features).castTo(DataType.DOUBLE);
  }

  /** The same with the channels last; FLAT has none. */
  Shape channelsLast() {
    return switch (this) {
      case SERIES -> SERIES_LAST;
      case IMAGE -> IMAGE_LAST;
      case VOLUME -> VOLUME_LAST;
      default -> this;
    };
  }

  /** A layer that keeps the shape. */
  Layer beneath() {
    return switch (this) {
      case FLAT -> new DenseLayer.Builder().nOut(Nets.FEATURES).name("beneath").build();
      case SERIES, SERIES_LAST -> new LSTM.Builder().nOut(Nets.FEATURES).name("beneath").build();
      case IMAGE, IMAGE_LAST ->
          new ConvolutionLayer.Builder(3, 3)
              .convolutionMode(ConvolutionMode.Same)
              .nOut(2)
              .name("beneath")
              .build();
      case VOLUME, VOLUME_LAST ->
          new Convolution3D.Builder(3, 3, 3)
              .dataFormat(
                  this == VOLUME ? Convolution3D.DataFormat.NCDHW : Convolution3D.DataFormat.NDHWC)
              .convolutionMode(ConvolutionMode.Same)
              .nOut(2)
              .name("beneath")
              .build();
    };
  }
}
