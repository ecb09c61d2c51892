package dev.alig.nd4j.dl4j;

import static dev.alig.nd4j.dl4j.Shape.FLAT;
import static dev.alig.nd4j.dl4j.Shape.IMAGE;
import static dev.alig.nd4j.dl4j.Shape.SERIES;
import static dev.alig.nd4j.dl4j.Shape.VOLUME;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.convolutional.*;
import org.deeplearning4j.nn.conf.layers.misc.*;
import org.deeplearning4j.nn.conf.layers.recurrent.*;
import org.deeplearning4j.nn.conf.layers.util.*;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.nd4j.linalg.activations.Activation;

/** Every kind of layer of DL4J that may stand between two others. */
@SuppressWarnings("deprecation") // Networks have such layers all the same.
final class LayerKinds {
  /** A layer and what goes into it. */
  record Middle(Class<?> kind, Shape shape, Supplier<Layer> layer) {}

  private LayerKinds() {}

  private static Middle kind(Shape shape, Supplier<Layer> layer) {
    return new Middle(layer.get().getClass(), shape, layer);
  }

  static Stream<Middle> all() {
    return Stream.of(
        kind(FLAT, () -> new ActivationLayer(Activation.SIGMOID)),
        kind(FLAT, () -> new AutoEncoder.Builder().nOut(5).build()),
        kind(FLAT, () -> new BatchNormalization.Builder().build()),
        kind(FLAT, () -> new DenseLayer.Builder().nOut(5).build()),
        kind(FLAT, () -> new DropoutLayer(0.6)),
        kind(FLAT, () -> new ElementWiseMultiplicationLayer.Builder().nOut(4).build()),
        kind(FLAT, () -> new PReLULayer.Builder().inputShape(4).build()),
        kind(FLAT, () -> new RepeatVector.Builder<>(3).build()),
        kind(
            FLAT,
            () ->
                new VariationalAutoencoder.Builder()
                    .encoderLayerSizes(4)
                    .decoderLayerSizes(4)
                    .nOut(3)
                    .build()),
        kind(FLAT, () -> new FrozenLayerWithBackprop(new DenseLayer.Builder().nOut(5).build())),
        kind(FLAT, () -> new FrozenLayer(new DenseLayer.Builder().nOut(5).build())),
        kind(SERIES, () -> new LSTM.Builder().nOut(5).build()),
        kind(SERIES, () -> new GravesLSTM.Builder().nOut(5).build()),
        kind(SERIES, () -> new GravesBidirectionalLSTM.Builder().nOut(5).build()),
        kind(SERIES, () -> new SimpleRnn.Builder().nOut(5).build()),
        kind(SERIES, () -> new LastTimeStep(new LSTM.Builder().nOut(5).build())),
        kind(SERIES, () -> new TimeDistributed(new DenseLayer.Builder().nOut(5).build())),
        kind(SERIES, () -> new MaskLayer()),
        kind(
            SERIES,
            () ->
                new MaskZeroLayer.Builder()
                    .setUnderlying(new LSTM.Builder().nOut(5).build())
                    .setMaskValue(0)
                    .build()),
        kind(SERIES, () -> new GlobalPoolingLayer.Builder(PoolingType.AVG).build()),
        kind(
            SERIES,
            () -> new SelfAttentionLayer.Builder().nOut(4).nHeads(2).projectInput(true).build()),
        kind(
            SERIES,
            () ->
                new LearnedSelfAttentionLayer.Builder()
                    .nOut(4)
                    .nHeads(2)
                    .nQueries(3)
                    .projectInput(true)
                    .build()),
        kind(
            SERIES,
            () ->
                new RecurrentAttentionLayer.Builder()
                    .nIn(4)
                    .nOut(4)
                    .nHeads(1)
                    .projectInput(false)
                    .build()),
        kind(SERIES, () -> new Convolution1DLayer.Builder(3).nOut(5).build()),
        kind(SERIES, () -> new LocallyConnected1D.Builder().kernelSize(3).nOut(5).build()),
        kind(SERIES, () -> new Subsampling1DLayer.Builder().kernelSize(2).stride(2).build()),
        kind(SERIES, () -> new Upsampling1D.Builder(2).build()),
        kind(SERIES, () -> new ZeroPadding1DLayer.Builder(1).build()),
        kind(SERIES, () -> new Cropping1D.Builder(1).build()),
        kind(IMAGE, () -> new ConvolutionLayer.Builder(3, 3).nOut(3).build()),
        kind(IMAGE, () -> new Deconvolution2D.Builder(2, 2).nOut(3).build()),
        kind(IMAGE, () -> new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build()),
        kind(IMAGE, () -> new SeparableConvolution2D.Builder(3, 3).nOut(3).build()),
        kind(IMAGE, () -> new LocallyConnected2D.Builder().kernelSize(3, 3).nOut(3).build()),
        kind(IMAGE, () -> new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build()),
        kind(IMAGE, () -> new Upsampling2D.Builder(2).build()),
        kind(IMAGE, () -> new ZeroPaddingLayer.Builder(1, 1).build()),
        kind(IMAGE, () -> new Cropping2D.Builder(1, 1).build()),
        kind(IMAGE, () -> new LocalResponseNormalization.Builder().n(2).build()),
        kind(IMAGE, () -> new SpaceToDepthLayer.Builder<>(2).build()),
        kind(IMAGE, () -> new SpaceToBatchLayer.Builder<>(new int[] {2, 2}).build()),
        kind(IMAGE, () -> new PrimaryCapsules.Builder(4, 2).kernelSize(3, 3).build()),
        kind(VOLUME, () -> new Convolution3D.Builder(2, 2, 2).nOut(3).build()),
        kind(VOLUME, () -> new Deconvolution3D.Builder().kernelSize(2, 2, 2).nOut(3).build()),
        kind(VOLUME, () -> new Subsampling3DLayer.Builder(2, 2, 2).stride(2, 2, 2).build()),
        kind(VOLUME, () -> new Upsampling3D.Builder(2).build()),
        kind(VOLUME, () -> new ZeroPadding3DLayer.Builder(1).build()),
        kind(VOLUME, () -> new Cropping3D.Builder(1, 1, 1).build()));
  }

  static List<SlopeCase> cases() {
    return all().flatMap(LayerKinds::cases).toList();
  }

  private static Stream<SlopeCase> cases(Middle middle) {
    Class<?> kind = middle.kind();
    Shape shape = middle.shape();
    List<SlopeCase> cases = new ArrayList<>();
    cases.add(SlopeCase.of(kind, "", () -> sandwich(shape, middle.layer()).build()));
    Supplier<Layer> dropout = () -> OutputKinds.dropout().apply(middle.layer().get());
    cases.add(SlopeCase.of(kind, "dropout", () -> sandwich(shape, dropout).build()));
    if (middle.layer().get() instanceof BaseLayer) {
      Supplier<Layer> noise = () -> OutputKinds.noise().apply(middle.layer().get());
      cases.add(SlopeCase.of(kind, "weight noise", () -> sandwich(shape, noise).build()));
    }
    Supplier<Layer> frozen = () -> new FrozenLayerWithBackprop(middle.layer().get());
    Sandwich within = sandwich(shape, frozen);
    boolean pooled = kind == GlobalPoolingLayer.class;
    cases.add(SlopeCase.of(kind, "frozen", () -> (pooled ? within.flat() : within).build()));
    if (shape == SERIES) {
      cases.add(SlopeCase.of(kind, "mask", () -> sandwich(shape, middle.layer()).masked().build()));
      cases.add(
          SlopeCase.of(
              kind, "segments", () -> sandwich(shape, middle.layer()).truncated(4).build()));
      cases.add(
          SlopeCase.of(
              kind,
              "graph, mask",
              () -> sandwich(shape, middle.layer()).masked().build().asGraph()));
      cases.add(
          SlopeCase.of(
              kind,
              "graph, segments, mask",
              () -> sandwich(shape, middle.layer()).masked().truncated(4).build().asGraph()));
    }
    if (shape != FLAT) {
      Shape last = shape.channelsLast();
      cases.add(SlopeCase.of(kind, "channels last", () -> sandwich(last, middle.layer()).build()));
    }
    return cases.stream();
  }

  private static Sandwich sandwich(Shape shape, Supplier<Layer> layer) {
    return new Sandwich(shape, shape::beneath, layer)
        .split(layer.get() instanceof SpaceToBatchLayer ? 4 : 1);
  }
}
