package dev.alig.nd4j.samediff.ops;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.LocalResponseNormalizationConfig;
import org.nd4j.linalg.factory.Nd4j;

/** Operations that are layers of networks, apart from convolutions and recurrent ones. */
final class Networks {
  private Networks() {}

  static void addTo(Recipes r) {
    softmaxes(r);
    normalizations(r);
    attention(r);
  }

  private static void softmaxes(Recipes r) {
    for (long[] shape : new long[][] {{5}, {3, 4}, {2, 3, 2}}) {
      String of = " of rank " + shape.length;
      r.add("softmax" + of, s -> s.sd.nn().softmax(s.signed(shape)));
      r.add("logSoftmax" + of, s -> s.sd.nn().logSoftmax(s.signed(shape)));
      for (int d = 0; d < shape.length; d++) {
        int dimension = d;
        r.add("softmax" + of + " over " + d, s -> s.sd.nn().softmax(s.signed(shape), dimension));
        r.add(
            "logSoftmax" + of + " over " + d,
            s -> s.sd.nn().logSoftmax(s.signed(shape), dimension));
      }
      r.add("softmax" + of + " over -1", s -> s.sd.nn().softmax(s.signed(shape), -1));
      r.add("logSoftmax" + of + " over -1", s -> s.sd.nn().logSoftmax(s.signed(shape), -1));
    }
  }

  private static void normalizations(Recipes r) {
    r.add(
        "batchNorm, trained gamma and beta",
        s ->
            s.sd
                .nn()
                .batchNorm(
                    s.constant(3, 4), s.constant(4), s.constant(4), s.x(4), s.x(4), 0.01, 1));
    r.add(
        "batchNorm, trained input",
        s ->
            s.sd
                .nn()
                .batchNorm(
                    s.x(3, 4),
                    s.constant(4),
                    s.constant(4),
                    s.constant(4),
                    s.constant(4),
                    0.01,
                    1));
    r.add(
        "batchNorm, all",
        s -> s.sd.nn().batchNorm(s.x(3, 4), s.x(4), s.x(4), s.x(4), s.x(4), 0.01, 1));
    r.add(
        "batchNorm, of rank 4",
        s ->
            s.sd
                .nn()
                .batchNorm(s.x(2, 3, 2, 2), s.constant(3), s.constant(3), s.x(3), s.x(3), 0.01, 1));
    r.add("layerNorm", s -> s.sd.nn().layerNorm(s.signed(3, 4), s.x(4), s.x(4), false, 1));
    r.add("layerNorm without bias", s -> s.sd.nn().layerNorm(s.signed(3, 4), s.x(4), false, 1));
    r.add(
        "layerNorm of rank 4",
        s -> s.sd.nn().layerNorm(s.signed(2, 3, 2, 2), s.x(3), s.x(3), true, 1, 2, 3));
    r.add("biasAdd", s -> s.sd.nn().biasAdd(s.x(3, 4), s.x(4), false));
    r.add("biasAdd of rank 4", s -> s.sd.nn().biasAdd(s.x(2, 3, 2, 2), s.x(3), true));
    r.add(
        "biasAdd of rank 4, channels last", s -> s.sd.nn().biasAdd(s.x(2, 2, 2, 3), s.x(3), false));
    r.add("prelu", s -> s.sd.nn().prelu(s.signed(3, 4), s.x(4)));
    r.add("prelu, shared", s -> s.sd.nn().prelu(s.signed(2, 3, 4), s.x(1, 4), 1));
    r.add("dropout that keeps all", s -> s.sd.nn().dropout(s.x(3, 4), 1.0));
    r.add("dropout", s -> s.sd.nn().dropout(s.x(3, 4), 0.5));
    r.add("dropoutInverted", s -> s.sd.nn().dropoutInverted(s.x(3, 4), 0.5));
    r.add(
        "localResponseNormalization",
        s ->
            s.sd
                .cnn()
                .localResponseNormalization(
                    s.x(1, 4, 2, 2),
                    LocalResponseNormalizationConfig.builder()
                        .alpha(0.5)
                        .beta(0.75)
                        .bias(1)
                        .depth(1)
                        .build()));
    r.addAll(
        "normalizeMoments",
        s -> s.sd.math().normalizeMoments(s.sd.constant(Nd4j.scalar(5.0)), s.x(3), s.x(3), 0.1));
    r.add("clipByNorm over a dimension", s -> s.sd.math().clipByNorm(s.x(3, 4), 0.5, 1));
    r.add("clipByAvgNorm", s -> s.sd.math().clipByAvgNorm(s.x(3, 4), 0.1));
    r.add(
        "stopGradient beside",
        s -> {
          SDVariable x = s.x(3);
          return x.mul(s.sd.math().abs(s.constant(3)));
        });
  }

  private static void attention(Recipes r) {
    for (boolean scaled : new boolean[] {false, true}) {
      r.add(
          "dotProductAttention, scaled " + scaled,
          s ->
              s.sd
                  .nn()
                  .dotProductAttention(
                      s.signed(2, 3, 2), s.signed(2, 3, 4), s.signed(2, 3, 4), null, scaled));
    }
    r.add(
        "dotProductAttention of one array",
        s -> {
          SDVariable x = s.signed(2, 3, 4);
          return s.sd.nn().dotProductAttention(x, x, x, null, true);
        });
    r.add(
        "dotProductAttention, masked",
        s ->
            s.sd
                .nn()
                .dotProductAttention(
                    s.signed(2, 3, 2),
                    s.signed(2, 3, 4),
                    s.signed(2, 3, 4),
                    s.sd.constant(
                        Nd4j.createFromArray(new double[][] {{1, 1, 1, 0}, {1, 1, 0, 0}})),
                    true));
    r.add(
        "multiHeadDotProductAttention",
        s ->
            s.sd
                .nn()
                .multiHeadDotProductAttention(
                    s.signed(2, 3, 2),
                    s.signed(2, 3, 4),
                    s.signed(2, 3, 4),
                    s.signed(2, 2, 3),
                    s.signed(2, 2, 3),
                    s.signed(2, 2, 3),
                    s.signed(4, 3),
                    null,
                    true));
    r.add(
        "multiHeadDotProductAttention of one array",
        s -> {
          SDVariable x = s.signed(2, 3, 4);
          return s.sd
              .nn()
              .multiHeadDotProductAttention(
                  x,
                  x,
                  x,
                  s.signed(2, 2, 3),
                  s.signed(2, 2, 3),
                  s.signed(2, 2, 3),
                  s.signed(4, 3),
                  null,
                  true);
        });
  }
}
