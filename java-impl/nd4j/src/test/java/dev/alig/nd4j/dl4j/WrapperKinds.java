package dev.alig.nd4j.dl4j;

import static dev.alig.nd4j.dl4j.Shape.IMAGE;
import static dev.alig.nd4j.dl4j.Shape.SERIES;
import static dev.alig.nd4j.dl4j.Shape.VOLUME;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;

/** Layers within layers, and kinds that need a network of their own. */
@SuppressWarnings("deprecation") // Networks have such layers all the same.
final class WrapperKinds {
  private WrapperKinds() {}

  private static Layer lstm() {
    return new LSTM.Builder().nOut(5).build();
  }

  private static Layer dropout(Layer layer) {
    layer.setIDropout(new Dropout(0.6));
    return layer;
  }

  static List<SlopeCase> all() {
    List<SlopeCase> cases = new ArrayList<>();
    bidirectional(cases);
    wrapped(cases);
    pooling(cases);
    cases.add(
        SlopeCase.of(
            CapsuleLayer.class,
            "",
            () ->
                new Sandwich(
                        IMAGE,
                        IMAGE::beneath,
                        () -> new PrimaryCapsules.Builder(4, 2).kernelSize(3, 3).build(),
                        () -> new CapsuleLayer.Builder(3, 4, 2).build(),
                        () -> new CapsuleStrengthLayer.Builder().build())
                    .build()));
    cases.add(
        SlopeCase.of(
            CapsuleStrengthLayer.class,
            "",
            () ->
                new Sandwich(
                        IMAGE,
                        IMAGE::beneath,
                        () -> new PrimaryCapsules.Builder(4, 2).kernelSize(3, 3).build(),
                        () -> new CapsuleStrengthLayer.Builder().build())
                    .build()));
    cases.add(
        SlopeCase.of(
            BatchNormalization.class,
            "image",
            () ->
                new Sandwich(IMAGE, IMAGE::beneath, () -> new BatchNormalization.Builder().build())
                    .build()));
    return cases;
  }

  private static void bidirectional(List<SlopeCase> cases) {
    for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
      for (boolean masked : new boolean[] {false, true}) {
        cases.add(
            SlopeCase.of(
                Bidirectional.class,
                mode + (masked ? ", mask" : ""),
                () ->
                    new Sandwich(SERIES, SERIES::beneath, () -> new Bidirectional(mode, lstm()))
                        .series()
                        .maskedIf(masked)
                        .build()));
      }
    }
    series(
        cases,
        Bidirectional.class,
        "SimpleRnn, mask",
        () -> new Bidirectional(new SimpleRnn.Builder().nOut(5).build()));
    series(
        cases,
        Bidirectional.class,
        "GravesLSTM, mask",
        () -> new Bidirectional(new GravesLSTM.Builder().nOut(5).build()));
    series(cases, Bidirectional.class, "dropout within", () -> new Bidirectional(dropout(lstm())));
    series(cases, Bidirectional.class, "dropout", () -> dropout(new Bidirectional(lstm())));
    series(
        cases,
        Bidirectional.class,
        "frozen",
        () -> new FrozenLayerWithBackprop(new Bidirectional(lstm())));
  }

  private static void series(
      List<SlopeCase> cases, Class<?> kind, String circumstance, Supplier<Layer> layer) {
    cases.add(
        SlopeCase.of(
            kind,
            circumstance,
            () ->
                new Sandwich(SERIES, SERIES::beneath, layer)
                    .series()
                    .maskedIf(circumstance.contains("mask"))
                    .build()));
  }

  private static void wrapped(List<SlopeCase> cases) {
    series(
        cases, MaskZeroLayer.class, "dropout within", () -> new MaskZeroLayer(dropout(lstm()), 0));
    series(
        cases,
        TimeDistributed.class,
        "dropout within",
        () -> new TimeDistributed(dropout(Nets.dense().build())));
    cases.add(
        SlopeCase.of(
            LastTimeStep.class,
            "dropout within",
            () ->
                new Sandwich(SERIES, SERIES::beneath, () -> new LastTimeStep(dropout(lstm())))
                    .build()));
    cases.add(
        SlopeCase.of(
            LastTimeStep.class,
            "SimpleRnn, mask",
            () ->
                new Sandwich(
                        SERIES,
                        SERIES::beneath,
                        () -> new LastTimeStep(new SimpleRnn.Builder().nOut(5).build()))
                    .masked()
                    .build()));
    cases.add(
        SlopeCase.of(
            LastTimeStep.class,
            "MaskZeroLayer, mask",
            () ->
                new Sandwich(
                        SERIES,
                        SERIES::beneath,
                        () -> new LastTimeStep(new MaskZeroLayer(lstm(), 0)))
                    .masked()
                    .build()));
    cases.add(
        SlopeCase.of(
            FrozenLayerWithBackprop.class,
            "LSTM, segments",
            () ->
                new Sandwich(SERIES, SERIES::beneath, () -> new FrozenLayerWithBackprop(lstm()))
                    .truncated(4)
                    .build()));
  }

  private static void pooling(List<SlopeCase> cases) {
    for (PoolingType type : PoolingType.values()) {
      for (boolean masked : new boolean[] {false, true}) {
        cases.add(
            SlopeCase.of(
                GlobalPoolingLayer.class,
                type + (masked ? ", mask" : ""),
                () ->
                    new Sandwich(
                            SERIES,
                            SERIES::beneath,
                            () -> new GlobalPoolingLayer.Builder(type).build())
                        .maskedIf(masked)
                        .build()));
      }
      if (type != PoolingType.SUM) {
        cases.add(
            SlopeCase.of(
                SubsamplingLayer.class,
                type.toString(),
                () ->
                    new Sandwich(
                            IMAGE,
                            IMAGE::beneath,
                            () ->
                                new SubsamplingLayer.Builder(type)
                                    .kernelSize(2, 2)
                                    .stride(2, 2)
                                    .pnorm(2)
                                    .build())
                        .build()));
      }
      cases.add(
          SlopeCase.of(
              Subsampling3DLayer.class,
              type.toString(),
              () ->
                  new Sandwich(
                          VOLUME,
                          VOLUME::beneath,
                          () ->
                              new Subsampling3DLayer.Builder(type)
                                  .kernelSize(2, 2, 2)
                                  .stride(2, 2, 2)
                                  .build())
                      .build()));
    }
  }
}
