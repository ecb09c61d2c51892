package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.*;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.*;

/** Every loss and every activation of ND4J. */
@SuppressWarnings("deprecation") // Networks have such layers all the same.
final class LossKinds {
  private LossKinds() {}

  static List<SlopeCase> all() {
    return Stream.concat(losses(), activations()).toList();
  }

  private static Stream<SlopeCase> losses() {
    INDArray weights = Nd4j.createFromArray(0.5, 2.0, 1.5);
    return Stream.of(
            pair(new LossBinaryXENT(), Activation.SIGMOID, bits()),
            pair(new LossBinaryXENT(weights), Activation.SIGMOID, bits()),
            pair(new LossCosineProximity(), Activation.IDENTITY, reals()),
            pair(
                new LossFMeasure(),
                Activation.SIGMOID,
                Nd4j.createFromArray(1.0, 0, 1, 1, 0, 1).reshape(6, 1)),
            pair(new LossHinge(), Activation.IDENTITY, signs()),
            pair(new LossKLD(), Activation.SOFTMAX, shares()),
            pair(new LossL1(), Activation.IDENTITY, reals()),
            pair(new LossL2(), Activation.IDENTITY, reals()),
            pair(new LossMAE(), Activation.IDENTITY, reals()),
            pair(new LossMAPE(), Activation.IDENTITY, reals()),
            pair(new LossMCXENT(), Activation.SOFTMAX, classes()),
            pair(new LossMCXENT(weights), Activation.SOFTMAX, classes()),
            pair(new LossMSE(), Activation.IDENTITY, reals()),
            pair(new LossMSE(weights), Activation.TANH, reals()),
            pair(new LossMSLE(), Activation.SIGMOID, shares()),
            pair(
                LossMixtureDensity.builder().gaussians(2).labelWidth(1).build(),
                Activation.IDENTITY,
                reals()
                    .get(
                        org.nd4j.linalg.indexing.NDArrayIndex.all(),
                        org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 1))
                    .dup()),
            pair(new LossMultiLabel(), Activation.IDENTITY, bits()),
            pair(new LossNegativeLogLikelihood(), Activation.SOFTMAX, classes()),
            pair(new LossPoisson(), Activation.SIGMOID, shares()),
            pair(
                new LossSparseMCXENT(),
                Activation.SOFTMAX,
                Nd4j.createFromArray(0.0, 1, 2, 0, 1, 2).reshape(6, 1)),
            pair(new LossSquaredHinge(), Activation.IDENTITY, signs()),
            pair(new LossWasserstein(), Activation.IDENTITY, signs()))
        .flatMap(Pair::cases);
  }

  private record Pair(ILossFunction loss, Activation activation, INDArray labels) {
    Stream<SlopeCase> cases() {
      int outputs = loss instanceof LossFMeasure ? 1 : loss instanceof LossMixtureDensity ? 6 : 3;
      Supplier<Layer> output =
          () -> new OutputLayer.Builder(loss).nOut(outputs).activation(activation).build();
      return Stream.of(
          network(loss.getClass(), activation.toString(), output, labels, null),
          network(
              loss.getClass(),
              activation + ", mask",
              output,
              labels,
              Nd4j.createFromArray(1.0, 1, 0, 1, 0, 1).reshape(6, 1)));
    }
  }

  private static Pair pair(ILossFunction loss, Activation activation, INDArray labels) {
    return new Pair(loss, activation, labels);
  }

  private static Stream<SlopeCase> activations() {
    return Stream.<Supplier<IActivation>>of(
            ActivationCube::new,
            ActivationELU::new,
            ActivationGELU::new,
            ActivationHardSigmoid::new,
            ActivationHardTanH::new,
            ActivationIdentity::new,
            ActivationLReLU::new,
            ActivationMish::new,
            ActivationRReLU::new,
            ActivationRationalTanh::new,
            ActivationReLU::new,
            ActivationReLU6::new,
            ActivationRectifiedTanh::new,
            ActivationSELU::new,
            ActivationSigmoid::new,
            ActivationSoftPlus::new,
            ActivationSoftSign::new,
            ActivationSoftmax::new,
            ActivationSwish::new,
            ActivationTanH::new,
            () -> new ActivationThresholdedReLU(0.1))
        .flatMap(
            activation ->
                Stream.of(
                    stack(
                        activation.get().getClass(),
                        "",
                        () -> Nets.dense().nOut(12).activation(activation.get()).build()),
                    stack(
                        activation.get().getClass(),
                        "layer of its own",
                        () -> new ActivationLayer(activation.get())),
                    network(
                        activation.get().getClass(),
                        "output",
                        () ->
                            new OutputLayer.Builder(new LossMSE())
                                .nOut(3)
                                .activation(activation.get())
                                .build(),
                        shares(),
                        null),
                    network(
                        activation.get().getClass(),
                        "loss layer",
                        () ->
                            new LossLayer.Builder(new LossMSE())
                                .activation(activation.get())
                                .build(),
                        Nd4j.concat(1, shares(), shares())
                            .get(
                                org.nd4j.linalg.indexing.NDArrayIndex.all(),
                                org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 4))
                            .dup(),
                        null)));
  }

  private static SlopeCase stack(Class<?> kind, String circumstance, Supplier<Layer> layer) {
    return SlopeCase.of(
        kind, circumstance, () -> new Sandwich(Shape.FLAT, Shape.FLAT::beneath, layer).build());
  }

  private static SlopeCase network(
      Class<?> kind,
      String circumstance,
      Supplier<Layer> output,
      INDArray labels,
      @Nullable INDArray mask) {
    return SlopeCase.of(
        kind,
        circumstance,
        () -> {
          MultiLayerNetwork network =
              Nets.stack(
                  Nets.base(AliGUpdater.builder().maxLearningRate(1e-3).build()),
                  Shape.FLAT.beneath(),
                  output.get());
          return new SlopeCase.Trial(
              network, new DataSet(Shape.FLAT.features(), labels, null, mask).toMultiDataSet());
        });
  }

  private static INDArray reals() {
    Nd4j.getRandom().setSeed(9);
    return Nd4j.randn(DataType.DOUBLE, 6, 3);
  }

  private static INDArray bits() {
    return reals().gt(0).castTo(DataType.DOUBLE);
  }

  private static INDArray signs() {
    return bits().mul(2).sub(1);
  }

  private static INDArray shares() {
    INDArray positive = Nd4j.math().abs(reals()).add(0.1);
    return positive.divColumnVector(positive.sum(1));
  }

  private static INDArray classes() {
    return Nets.classes(6);
  }
}
