package dev.alig.nd4j.samediff.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/** SameDiff's losses: as the loss itself, and with something after them. */
final class LossOps {
  private LossOps() {}

  interface Op {
    SDVariable of(
        Sketch s, SDVariable predictions, @Nullable SDVariable weights, LossReduce reduce);
  }

  static void addTo(Recipes r) {
    Map<String, Op> ops = new LinkedHashMap<>();
    ops.put(
        "absoluteDifference",
        (s, p, w, m) -> s.sd.loss().absoluteDifference(s.labels(3, 4), p, w, m));
    ops.put(
        "cosineDistance", (s, p, w, m) -> s.sd.loss().cosineDistance(s.constant(3, 4), p, w, m, 1));
    ops.put("hingeLoss", (s, p, w, m) -> s.sd.loss().hingeLoss(s.labels(3, 4), p, w, m));
    ops.put("huberLoss", (s, p, w, m) -> s.sd.loss().huberLoss(s.labels(3, 4), p, w, m, 0.5));
    ops.put(
        "logLoss",
        (s, p, w, m) -> s.sd.loss().logLoss(s.labels(3, 4), s.sd.math().abs(p), w, m, 1e-7));
    ops.put("logPoisson", (s, p, w, m) -> s.sd.loss().logPoisson(s.constant(3, 4), p, w, m, false));
    ops.put(
        "logPoisson(full)",
        (s, p, w, m) -> s.sd.loss().logPoisson(s.constant(3, 4), p, w, m, true));
    ops.put(
        "meanPairwiseSquaredError",
        (s, p, w, m) -> s.sd.loss().meanPairwiseSquaredError(s.constant(3, 4), p, w, m));
    ops.put(
        "meanSquaredError",
        (s, p, w, m) -> s.sd.loss().meanSquaredError(s.constant(3, 4), p, w, m));
    ops.put(
        "sigmoidCrossEntropy",
        (s, p, w, m) -> s.sd.loss().sigmoidCrossEntropy(s.labels(3, 4), p, w, m, 0));
    ops.put(
        "sigmoidCrossEntropy(smoothed)",
        (s, p, w, m) -> s.sd.loss().sigmoidCrossEntropy(s.labels(3, 4), p, w, m, 0.1));
    ops.put(
        "softmaxCrossEntropy",
        (s, p, w, m) -> s.sd.loss().softmaxCrossEntropy(s.oneHot(3, 4), p, w, m, 0));
    ops.put(
        "softmaxCrossEntropy(smoothed)",
        (s, p, w, m) -> s.sd.loss().softmaxCrossEntropy(s.oneHot(3, 4), p, w, m, 0.1));
    ops.forEach(
        (name, op) -> {
          for (LossReduce reduce : LossReduce.values()) {
            for (String weights : new String[] {"no", "one", "row", "all"}) {
              String of = "%s, %s, %s weights".formatted(name, reduce, weights);
              r.loss(of, s -> op.of(s, s.signed(3, 4), weights(s, name, weights), reduce));
              r.add(
                  of + ", and something after",
                  s -> op.of(s, s.signed(3, 4), weights(s, name, weights), reduce));
            }
            r.add(
                name + ", " + reduce + ", trained weights",
                s ->
                    op.of(
                        s,
                        s.constant(3, 4),
                        s.x(name.startsWith("softmax") ? new long[] {3} : new long[] {3, 1}),
                        reduce));
          }
        });
    trainedLabels(r);
    others(r);
  }

  private static @Nullable SDVariable weights(Sketch s, String name, String weights) {
    boolean perRow = name.startsWith("softmax");
    return switch (weights) {
      case "no" -> null;
      case "one" -> s.sd.constant(Nd4j.scalar(0.7));
      case "row" ->
          perRow
              ? s.sd.constant(Nd4j.createFromArray(0.5, 0.0, 2.0))
              : s.sd.constant(Nd4j.createFromArray(new double[][] {{0.5}, {0}, {2}}));
      default ->
          perRow ? s.constant(3) : name.startsWith("cosine") ? s.constant(3, 1) : s.constant(3, 4);
    };
  }

  private static void trainedLabels(Recipes r) {
    LossReduce sum = LossReduce.SUM;
    r.loss(
        "absoluteDifference, trained labels",
        s -> s.sd.loss().absoluteDifference(s.x(3, 4), s.constant(3, 4), null, sum));
    r.loss(
        "meanSquaredError, trained labels",
        s -> s.sd.loss().meanSquaredError(s.x(3, 4), s.constant(3, 4), null, sum));
    r.loss(
        "huberLoss, trained labels",
        s -> s.sd.loss().huberLoss(s.x(3, 4), s.constant(3, 4), null, sum, 0.1));
    r.loss(
        "sigmoidCrossEntropy, trained labels",
        s -> s.sd.loss().sigmoidCrossEntropy(s.x(3, 4), s.constant(3, 4), null, sum, 0));
    r.loss(
        "softmaxCrossEntropy, trained labels",
        s -> s.sd.loss().softmaxCrossEntropy(s.x(3, 4), s.constant(3, 4), null, sum, 0));
    r.loss(
        "logLoss, trained labels",
        s -> s.sd.loss().logLoss(s.x(3, 4), s.constant(3, 4), null, sum, 1e-7));
    r.loss(
        "logPoisson, trained labels",
        s -> s.sd.loss().logPoisson(s.x(3, 4), s.constant(3, 4), null, sum, false));
    r.loss(
        "hingeLoss, trained labels",
        s -> s.sd.loss().hingeLoss(s.x(3, 4), s.constant(3, 4), null, sum));
    r.loss(
        "cosineDistance, trained labels",
        s -> s.sd.loss().cosineDistance(s.x(3, 4), s.constant(3, 4), null, sum, 1));
    r.loss(
        "meanPairwiseSquaredError, trained labels",
        s -> s.sd.loss().meanPairwiseSquaredError(s.x(3, 4), s.constant(3, 4), null, sum));
    r.loss(
        "meanSquaredError of a variable and itself",
        s -> {
          SDVariable x = s.x(3, 4);
          return s.sd.loss().meanSquaredError(x.mul(2), x, null, sum);
        });
  }

  private static void others(Recipes r) {
    r.loss("l2Loss", s -> s.sd.loss().l2Loss(s.x(3, 4)));
    r.add("l2Loss, and something after", s -> s.sd.loss().l2Loss(s.x(3, 4)));
    r.loss(
        "sparseSoftmaxCrossEntropy",
        s -> s.sd.loss().sparseSoftmaxCrossEntropy(s.signed(3, 4), s.ints(1, 1, 3)));
    r.loss(
        "sparseSoftmaxCrossEntropy, summed",
        s -> s.sd.loss().sparseSoftmaxCrossEntropy(s.signed(3, 4), s.ints(1, 1, 3)).sum());
    r.add(
        "sparseSoftmaxCrossEntropy, and something after",
        s -> s.sd.loss().sparseSoftmaxCrossEntropy(s.signed(3, 4), s.ints(1, 1, 3)));
    r.loss(
        "softmaxCrossEntropyWithLogits",
        s ->
            new org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss(
                    s.sd, s.signed(3, 4), s.oneHot(3, 4), 1)
                .outputVariable());
    r.add(
        "softmaxCrossEntropyWithLogits, and something after",
        s ->
            new org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss(
                    s.sd, s.signed(3, 4), s.oneHot(3, 4), 1)
                .outputVariable());
    r.loss(
        "ctcLoss",
        s ->
            s.sd
                .loss()
                .ctcLoss(
                    s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 2}})),
                    s.sd.nn().logSoftmax(s.signed(1, 5, 3)),
                    s.ints(2),
                    s.ints(5)));
    r.add(
        "ctcLoss, and something after",
        s ->
            s.sd
                .loss()
                .ctcLoss(
                    s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 2}})),
                    s.sd.nn().logSoftmax(s.signed(1, 5, 3)),
                    s.ints(2),
                    s.ints(5)));
    r.loss(
        "weightedCrossEntropy",
        s ->
            new org.nd4j.linalg.api.ops.impl.loss.WeightedCrossEntropyLoss(
                    s.sd, s.labels(3, 4), s.signed(3, 4), s.constant(4))
                .outputVariable());
  }
}
