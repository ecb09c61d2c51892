package dev.alig.nd4j.samediff.ops;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/** Operations that reduce dimensions, with and without keeping them. */
final class Reductions {
  private static final int[][] OF_RANK_3 = {{}, {0}, {1}, {2}, {-1}, {0, 2}, {1, 2}, {0, 1, 2}};
  private static final int[][] OF_RANK_2 = {{}, {0}, {1}, {-1}, {0, 1}};
  private static final int[][] OF_RANK_1 = {{}, {0}};

  private Reductions() {}

  interface Op {
    SDVariable of(Sketch s, SDVariable x, boolean keep, int... dimensions);
  }

  interface PairOp {
    SDVariable of(Sketch s, SDVariable x, SDVariable y, boolean keep, int... dimensions);
  }

  static void addTo(Recipes recipes) {
    Map<String, Op> ops = new LinkedHashMap<>();
    ops.put("sum", (s, x, k, d) -> s.sd.sum(x, k, d));
    ops.put("mean", (s, x, k, d) -> s.sd.mean(x, k, d));
    ops.put("max", (s, x, k, d) -> s.sd.max(x, k, d));
    ops.put("min", (s, x, k, d) -> s.sd.min(x, k, d));
    ops.put("prod", (s, x, k, d) -> s.sd.prod(x, k, d));
    ops.put("norm1", (s, x, k, d) -> s.sd.norm1(x, k, d));
    ops.put("norm2", (s, x, k, d) -> s.sd.norm2(x, k, d));
    ops.put("normmax", (s, x, k, d) -> s.sd.normmax(x, k, d));
    ops.put("squaredNorm", (s, x, k, d) -> s.sd.squaredNorm(x, k, d));
    ops.put("variance", (s, x, k, d) -> s.sd.variance(x, false, k, d));
    ops.put("variance(corrected)", (s, x, k, d) -> s.sd.variance(x, true, k, d));
    ops.put("standardDeviation", (s, x, k, d) -> s.sd.standardDeviation(x, false, k, d));
    ops.put("standardDeviation(corrected)", (s, x, k, d) -> s.sd.standardDeviation(x, true, k, d));
    ops.put("asum", (s, x, k, d) -> s.sd.math().asum(x, k, d));
    ops.put("amean", (s, x, k, d) -> s.sd.math().reduceAmean(x, k, d));
    ops.put("amax", (s, x, k, d) -> s.sd.math().reduceAMax(x, k, d));
    ops.put("amin", (s, x, k, d) -> s.sd.math().reduceAmin(x, k, d));
    ops.put("entropy", (s, x, k, d) -> s.sd.math().entropy(s.sd.math().abs(x), k, d));
    ops.put("logEntropy", (s, x, k, d) -> s.sd.math().logEntropy(s.sd.math().abs(x), k, d));
    ops.put("shannonEntropy", (s, x, k, d) -> s.sd.math().shannonEntropy(s.sd.math().abs(x), k, d));
    ops.put("logSumExp", (s, x, k, d) -> s.sd.math().logSumExp(x, d));
    ops.put(
        "countNonZero",
        (s, x, k, d) -> s.sd.math().countNonZero(x, k, d).castTo(x.dataType()).add(x.sum()));
    ops.put("moments.mean", (s, x, k, d) -> s.sd.math().moments(x, d, k)[0]);
    ops.put("moments.variance", (s, x, k, d) -> s.sd.math().moments(x, d, k)[1]);
    ops.forEach(
        (name, op) -> {
          add(recipes, name, op, OF_RANK_3, 2, 3, 2);
          add(recipes, name, op, OF_RANK_2, 3, 4);
          add(recipes, name, op, OF_RANK_1, 5);
        });
    recipes.add(
        "zeroFraction",
        s -> {
          SDVariable x = s.x(3, 4);
          return s.sd.math().zeroFraction(x).castTo(x.dataType()).add(x.sum());
        });
    recipes.addAll("moments, both", s -> s.sd.math().moments(s.signed(3, 4), new int[] {0}, false));
    pairs(recipes);
    running(recipes);
  }

  private static void add(Recipes recipes, String name, Op op, int[][] choices, long... shape) {
    for (int[] dimensions : choices) {
      for (boolean keep : new boolean[] {false, true}) {
        recipes.add(
            "%s of %s over %s%s"
                .formatted(
                    name,
                    Arrays.toString(shape),
                    Arrays.toString(dimensions),
                    keep ? ", kept" : ""),
            s -> op.of(s, s.signed(shape), keep, dimensions));
      }
    }
  }

  private static void pairs(Recipes recipes) {
    Map<String, PairOp> ops = new LinkedHashMap<>();
    ops.put("dot", (s, x, y, k, d) -> s.sd.dot(x, y, d));
    ops.put("cosineDistance", (s, x, y, k, d) -> s.sd.math().cosineDistance(x, y, k, false, d));
    ops.put("cosineSimilarity", (s, x, y, k, d) -> s.sd.math().cosineSimilarity(x, y, k, false, d));
    ops.put(
        "euclideanDistance", (s, x, y, k, d) -> s.sd.math().euclideanDistance(x, y, k, false, d));
    ops.put(
        "hammingDistance",
        (s, x, y, k, d) -> s.sd.math().hammingDistance(x, y, k, false, d).add(x.sum()));
    ops.put(
        "jaccardDistance",
        (s, x, y, k, d) ->
            s.sd.math().jaccardDistance(s.sd.math().abs(x), s.sd.math().abs(y), k, false, d));
    ops.put(
        "manhattanDistance", (s, x, y, k, d) -> s.sd.math().manhattanDistance(x, y, k, false, d));
    ops.forEach(
        (name, op) -> {
          add(
              recipes,
              name,
              (s, x, k, d) -> op.of(s, x, s.signed(x.getShape()), k, d),
              OF_RANK_3,
              2,
              3,
              2);
          add(
              recipes,
              name,
              (s, x, k, d) -> op.of(s, x, s.signed(x.getShape()), k, d),
              OF_RANK_2,
              3,
              4);
          add(
              recipes,
              name,
              (s, x, k, d) -> op.of(s, x, s.signed(x.getShape()), k, d),
              OF_RANK_1,
              5);
          if (!name.equals("euclideanDistance")) {
            recipes.add(
                name + " of a variable and itself",
                s -> {
                  SDVariable x = s.signed(3, 4);
                  return op.of(s, x, x, false, 1);
                });
          }
        });
  }

  private static void running(Recipes recipes) {
    for (boolean exclusive : new boolean[] {false, true}) {
      for (boolean reverse : new boolean[] {false, true}) {
        for (int axis : new int[] {0, 1, 2, -1}) {
          String how =
              "%s%s over %d"
                  .formatted(exclusive ? ", exclusive" : "", reverse ? ", reversed" : "", axis);
          recipes.add(
              "cumsum" + how, s -> s.sd.cumsum(s.signed(2, 3, 2), exclusive, reverse, axis));
          recipes.add(
              "cumprod" + how, s -> s.sd.cumprod(s.signed(2, 3, 2), exclusive, reverse, axis));
        }
      }
    }
    recipes.add("cumsum of a vector", s -> s.sd.cumsum(s.signed(4), 0));
    recipes.add("cumsum over two axes", s -> s.sd.cumsum(s.signed(2, 3, 2), 0, 2));
    recipes.add("cumsum over no axis", s -> s.sd.cumsum(s.signed(2, 3)));
    recipes.add("cumprod of a vector", s -> s.sd.cumprod(s.signed(4), 0));
  }
}
