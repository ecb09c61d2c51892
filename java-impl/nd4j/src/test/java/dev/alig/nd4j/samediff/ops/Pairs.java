package dev.alig.nd4j.samediff.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** Operations on the elements of two arrays, of one shape or broadcast, or of one array twice. */
final class Pairs {
  /** Pairs of shapes; the second is stretched, or the first, or both. */
  private static final List<long[][]> SHAPES =
      List.of(
          new long[][] {{3, 4}, {3, 4}},
          new long[][] {{3, 4}, {4}},
          new long[][] {{4}, {3, 4}},
          new long[][] {{3, 4}, {1, 4}},
          new long[][] {{3, 4}, {3, 1}},
          new long[][] {{3, 1}, {1, 4}},
          new long[][] {{3, 4}, {}},
          new long[][] {{}, {3, 4}},
          new long[][] {{1}, {3, 4}},
          new long[][] {{2, 3, 4}, {3, 1}},
          new long[][] {{2, 3, 4}, {2, 1, 4}},
          new long[][] {{2, 1, 4}, {3, 1}},
          new long[][] {{}, {}});

  /** What operations that do not broadcast take. */
  private static final List<long[][]> EQUAL = List.of(SHAPES.get(0), SHAPES.get(12));

  private Pairs() {}

  interface Op {
    SDVariable of(Sketch s, SDVariable x, SDVariable y);
  }

  static void addTo(Recipes recipes) {
    Map<String, Op> ops = new LinkedHashMap<>();
    ops.put("add", (s, x, y) -> x.add(y));
    ops.put("sub", (s, x, y) -> x.sub(y));
    ops.put("mul", (s, x, y) -> x.mul(y));
    ops.put("div", (s, x, y) -> x.div(y));
    ops.put("rsub", (s, x, y) -> x.rsub(y));
    ops.put("rdiv", (s, x, y) -> x.rdiv(y));
    ops.put("math.rsub", (s, x, y) -> s.sd.math().rsub(x, y));
    ops.put("math.rdiv", (s, x, y) -> s.sd.math().rdiv(x, y));
    ops.put("pow", (s, x, y) -> s.sd.math().pow(x, y));
    ops.put("squaredDifference", (s, x, y) -> s.sd.math().squaredDifference(x, y.add(0.3)));
    ops.put("max", (s, x, y) -> s.sd.math().max(x, y));
    ops.put("min", (s, x, y) -> s.sd.math().min(x, y));
    ops.put("base.max", (s, x, y) -> s.sd.max(x, y));
    ops.put("base.min", (s, x, y) -> s.sd.min(x, y));
    ops.put("atan2", (s, x, y) -> s.sd.math().atan2(x, y));
    ops.put("floorDiv", (s, x, y) -> s.sd.math().floorDiv(x, y).add(x).add(y));
    ops.put("floorMod", (s, x, y) -> s.sd.math().floorMod(x.add(1), y));
    ops.put("mod", (s, x, y) -> s.sd.math().mod(x.add(1), y));
    ops.put("mergeAdd", (s, x, y) -> s.sd.math().mergeAdd(x, y));
    ops.put("mergeAvg", (s, x, y) -> s.sd.math().mergeAvg(x, y));
    ops.put("mergeMax", (s, x, y) -> s.sd.math().mergeMax(x, y));
    ops.put("assign", (s, x, y) -> s.sd.assign(x, y).add(x));
    ops.put(
        "divNoNan",
        (s, x, y) -> new org.nd4j.linalg.api.ops.custom.DivideNoNan(s.sd, x, y).outputVariable());
    ops.put(
        "realDiv",
        (s, x, y) ->
            new org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.RealDivOp(
                    s.sd, new SDVariable[] {x, y}, false)
                .outputVariable());
    ops.forEach(
        (name, op) -> {
          for (long[][] shapes : name.startsWith("merge") ? EQUAL : SHAPES) {
            recipes.add(
                name + " of " + text(shapes), s -> op.of(s, s.x(shapes[0]), s.x(shapes[1])));
          }
          recipes.add(
              name + " of a variable and itself",
              s -> {
                SDVariable x = s.x(3, 4);
                return op.of(s, x, x);
              });
          recipes.add(name + " with a constant first", s -> op.of(s, s.constant(3, 4), s.x(3, 4)));
          recipes.add(name + " with a constant second", s -> op.of(s, s.x(3, 4), s.constant(3, 4)));
        });
    recipes.add(
        "where(x, y, condition)",
        s -> {
          SDVariable x = s.x(3, 4);
          return s.sd.where(x, s.x(3, 4), x.gt(0.5));
        });
    recipes.add(
        "replaceWhere(array)",
        s -> s.sd.replaceWhere(s.signed(3, 4), s.x(3, 4), Conditions.lessThan(0)));
  }

  private static String text(long[][] shapes) {
    return List.of(java.util.Arrays.toString(shapes[0]), java.util.Arrays.toString(shapes[1]))
        .toString();
  }
}
