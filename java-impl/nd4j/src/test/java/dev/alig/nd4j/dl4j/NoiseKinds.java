package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.*;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;

/** Every kind of dropout and of weight noise, in layers of each shape and in outputs. */
final class NoiseKinds {
  private NoiseKinds() {}

  static List<SlopeCase> all() {
    return Stream.concat(
            Stream.<Supplier<IDropout>>of(
                    () -> new Dropout(0.6),
                    () -> new AlphaDropout(0.6),
                    () -> new GaussianDropout(0.5),
                    () -> new GaussianNoise(0.5))
                .flatMap(NoiseKinds::dropouts),
            Stream.concat(
                spatial(),
                Stream.<Supplier<IWeightNoise>>of(
                        () -> new WeightNoise(new NormalDistribution(0, 0.2)),
                        () -> new WeightNoise(new NormalDistribution(0, 0.2), true, true),
                        () -> new WeightNoise(new NormalDistribution(1, 0.2), false),
                        () -> new DropConnect(0.6))
                    .flatMap(NoiseKinds::noises)))
        .toList();
  }

  private static Stream<SlopeCase> dropouts(Supplier<IDropout> dropout) {
    Class<?> kind = dropout.get().getClass();
    return Stream.of(
        of(kind, "layer of its own", Shape.FLAT, () -> new DropoutLayer(dropout.get())),
        of(kind, "dense", Shape.FLAT, () -> with(Nets.dense().build(), dropout.get())),
        of(kind, "series", Shape.SERIES, () -> with(Shape.SERIES.beneath(), dropout.get())),
        of(kind, "layer of its own, series", Shape.SERIES, () -> new DropoutLayer(dropout.get())),
        of(kind, "image", Shape.IMAGE, () -> with(Shape.IMAGE.beneath(), dropout.get())),
        new SlopeCase(
            kind,
            "output of series",
            () ->
                new Sandwich(Shape.SERIES, Shape.SERIES::beneath)
                    .output(layer -> with(layer, dropout.get()))
                    .build()),
        new SlopeCase(
            kind,
            "output",
            () ->
                new Sandwich(Shape.FLAT, Shape.FLAT::beneath)
                    .output(layer -> with(layer, dropout.get()))
                    .build()));
  }

  private static Stream<SlopeCase> spatial() {
    return Stream.of(
        of(
            SpatialDropout.class,
            "series",
            Shape.SERIES,
            () -> with(Shape.SERIES.beneath(), new SpatialDropout(0.6))),
        of(
            SpatialDropout.class,
            "image",
            Shape.IMAGE,
            () -> with(Shape.IMAGE.beneath(), new SpatialDropout(0.6))),
        of(
            SpatialDropout.class,
            "layer of its own",
            Shape.IMAGE,
            () -> new DropoutLayer(new SpatialDropout(0.6))));
  }

  private static Stream<SlopeCase> noises(Supplier<IWeightNoise> noise) {
    Class<?> kind = noise.get().getClass();
    String what =
        noise.get() instanceof WeightNoise w
            ? (w.isAdditive()
                ? w.isApplyToBias() ? "added, biases too, " : "added, "
                : "multiplied, ")
            : "";
    return Stream.of(
        of(kind, what + "dense", Shape.FLAT, () -> with(Nets.dense().build(), noise.get())),
        of(kind, what + "series", Shape.SERIES, () -> with(Shape.SERIES.beneath(), noise.get())),
        of(kind, what + "image", Shape.IMAGE, () -> with(Shape.IMAGE.beneath(), noise.get())),
        new SlopeCase(
            kind,
            what + "output of series",
            () ->
                new Sandwich(Shape.SERIES, Shape.SERIES::beneath)
                    .output(layer -> with(layer, noise.get()))
                    .build()),
        new SlopeCase(
            kind,
            what + "output",
            () ->
                new Sandwich(Shape.FLAT, Shape.FLAT::beneath)
                    .output(layer -> with(layer, noise.get()))
                    .build()));
  }

  private static Layer with(Layer layer, IDropout dropout) {
    layer.setIDropout(dropout);
    return layer;
  }

  private static Layer with(Layer layer, IWeightNoise noise) {
    ((BaseLayer) layer).setWeightNoise(noise);
    return layer;
  }

  private static SlopeCase of(
      Class<?> kind, String circumstance, Shape shape, Supplier<Layer> layer) {
    return new SlopeCase(
        kind, circumstance, () -> new Sandwich(shape, shape::beneath, layer).build());
  }
}
