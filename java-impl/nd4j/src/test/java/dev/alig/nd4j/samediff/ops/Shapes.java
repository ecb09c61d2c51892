package dev.alig.nd4j.samediff.ops;

import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Operations that move, pick, join or multiply whole arrays. */
final class Shapes {
  private Shapes() {}

  static void addTo(Recipes r) {
    r.add("reshape", s -> s.sd.reshape(s.x(3, 4), 2, 6));
    r.add("reshape to what a variable says", s -> s.sd.reshape(s.x(3, 4), s.ints(2, 6)));
    r.add("permute", s -> s.sd.permute(s.x(2, 3, 4), 2, 0, 1));
    r.add("permute as a variable says", s -> s.sd.permute(s.x(2, 3, 4), s.ints(2, 0, 1)));
    r.add("transpose", s -> s.sd.transpose(s.x(3, 4)));
    r.add("expandDims", s -> s.sd.expandDims(s.x(3, 4), 1));
    r.add("expandDims at the end", s -> s.sd.expandDims(s.x(3, 4), -1));
    r.add("squeeze", s -> s.sd.squeeze(s.x(3, 1, 4), 1));
    r.add("tile", s -> s.sd.tile(s.x(2, 3), 2, 3));
    r.add("tile as a variable says", s -> s.sd.tile(s.x(2, 3), s.ints(2, 3)));
    r.add("repeat", s -> s.sd.repeat(s.x(2, 3), s.ints(2), 1));
    r.add("reverse", s -> s.sd.reverse(s.x(3, 4), 1));
    r.add("reverse over two dimensions", s -> s.sd.reverse(s.x(2, 3, 4), 0, 2));
    r.add("reverseSequence", s -> s.sd.reverseSequence(s.x(3, 4), s.ints(2, 4, 1), 1, 0));
    r.add("concat", s -> s.sd.concat(1, s.x(3, 2), s.x(3, 4)));
    r.add(
        "concat of a variable and itself",
        s -> {
          SDVariable x = s.x(3, 2);
          return s.sd.concat(0, x, x);
        });
    r.add("concat at the end", s -> s.sd.concat(-1, s.x(3, 2), s.x(3, 4)));
    r.add("stack", s -> s.sd.stack(1, s.x(3, 2), s.x(3, 2)));
    r.add(
        "stack of a variable and itself",
        s -> {
          SDVariable x = s.x(3, 2);
          return s.sd.stack(0, x, x);
        });
    r.addAll("unstack", s -> s.sd.unstack(s.x(3, 4), 1, 4));
    r.add("unstack, one used", s -> s.sd.unstack(s.x(3, 4), 0, 3)[1]);
    r.addAll("split", s -> s.sd.split(s.x(3, 4), 2, 1));
    r.add("split, one used", s -> s.sd.split(s.x(3, 4), 2, 1)[1]);
    r.addAll("splitV", s -> s.sd.splitV(s.x(3, 4), s.ints(1, 3), 2, 1));
    r.add("slice", s -> s.sd.slice(s.x(3, 4), new int[] {1, 0}, 2, 3));
    r.add("slice as variables say", s -> s.sd.slice(s.x(3, 4), s.ints(1, 0), s.ints(2, 3)));
    r.add(
        "stridedSlice",
        s -> s.sd.stridedSlice(s.x(5, 4), new long[] {1, 0}, new long[] {5, 4}, 2, 3));
    r.add(
        "stridedSlice, shrunk",
        s ->
            s.sd.stridedSlice(
                s.x(5, 4), new long[] {1, 0}, new long[] {2, 4}, new long[] {1, 1}, 0, 0, 0, 0, 1));
    r.add("get", s -> s.x(4, 5).get(SDIndex.interval(1, 3), SDIndex.all()));
    r.add("get, a point", s -> s.x(4, 5).get(SDIndex.point(2), SDIndex.interval(1, 2, 5)));
    r.add(
        "pad",
        s ->
            s.sd
                .nn()
                .pad(
                    s.x(2, 3),
                    s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 0}, {2, 1}})),
                    0.5));
    r.add(
        "pad, mirrored",
        s ->
            s.sd
                .nn()
                .pad(
                    s.x(3, 4),
                    s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 0}, {2, 1}})),
                    org.nd4j.enums.PadMode.REFLECT,
                    0));
    r.add(
        "pad, symmetric",
        s ->
            s.sd
                .nn()
                .pad(
                    s.x(3, 4),
                    s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 0}, {2, 1}})),
                    org.nd4j.enums.PadMode.SYMMETRIC,
                    0));
    r.add(
        "image.pad",
        s ->
            s.sd
                .image()
                .pad(
                    s.x(3, 4),
                    s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 0}, {2, 1}})),
                    org.nd4j.enums.Mode.CONSTANT,
                    0.5));
    r.add("flatten", s -> s.sd.flatten(new SDVariable[] {s.x(2, 3), s.x(4)}, "c"));
    r.add(
        "flatten, column by column", s -> s.sd.flatten(new SDVariable[] {s.x(2, 3), s.x(4)}, "f"));
    r.add("diag", s -> s.sd.math().diag(s.x(3)));
    r.add("diagPart", s -> s.sd.math().diagPart(s.x(3, 3)));
    r.add("setDiag", s -> s.sd.math().setDiag(s.x(3, 3), s.x(3)));
    r.add("trace", s -> s.sd.math().trace(s.x(3, 3)));
    r.add("triu", s -> s.sd.linalg().triu(s.x(3, 3), 1));
    r.add("matrixBandPart", s -> s.sd.linalg().matrixBandPart(s.x(3, 3), 1, 0)[0]);
    r.add("cross", s -> s.sd.math().cross(s.x(2, 3), s.x(2, 3)));
    r.addAll("meshgrid", s -> s.sd.math().meshgrid(new SDVariable[] {s.x(2), s.x(3)}, true));
    r.addAll(
        "meshgrid, not Cartesian",
        s -> s.sd.math().meshgrid(new SDVariable[] {s.x(2), s.x(3)}, false));
    r.add(
        "oneHot times",
        s -> s.sd.oneHot(s.ints(1, 1, 2), 4, 1, 1, 0, DataType.DOUBLE).mmul(s.x(4, 2)));
    gathers(r);
    scatters(r);
    segments(r);
    products(r);
  }

  private static void gathers(Recipes r) {
    r.add("gather, each once", s -> s.sd.gather(s.x(5, 2), s.ints(1, 2, 4), 0));
    r.add("gather, some repeatedly", s -> s.sd.gather(s.x(5, 2), s.ints(1, 1, 2, 4, 4, 4), 0));
    r.add("gather from a vector", s -> s.sd.gather(s.x(5), s.ints(1, 1, 2, 4, 4, 4), 0));
    r.add("gather of rank 3", s -> s.sd.gather(s.x(4, 2, 3), s.ints(3, 3, 0), 0));
    r.add("gather by int[]", s -> s.sd.gather(s.x(5, 2), new int[] {1, 1, 3}, 0));
    r.add(
        "gather by a matrix",
        s ->
            s.sd.gather(
                s.x(5, 2),
                s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 1, 0}, {3, 1, 4}})),
                0));
    r.add("gather by a scalar", s -> s.sd.gather(s.x(5, 2), s.sd.constant(2), 0));
    r.add(
        "gather by longs",
        s -> s.sd.gather(s.x(5, 2), s.sd.constant(Nd4j.createFromArray(1L, 1L, 0L)), 0));
    r.add("gather over 1", s -> s.sd.gather(s.x(3, 5), s.ints(1, 1, 4), 1));
    r.add("gather over 1 of rank 3", s -> s.sd.gather(s.x(2, 4, 3), s.ints(1, 1, 3), 1));
    r.add("gather over 2 of rank 3", s -> s.sd.gather(s.x(2, 3, 4), s.ints(0, 3, 3), 2));
    r.add("gather over -1", s -> s.sd.gather(s.x(3, 5), s.ints(1, 1, 4), -1));
    r.add(
        "gather over 1 by a matrix",
        s ->
            s.sd.gather(
                s.x(2, 5, 3),
                s.sd.constant(Nd4j.createFromArray(new int[][] {{1, 1}, {3, 4}})),
                1));
    r.add(
        "gather of what was computed",
        s -> s.sd.gather(s.x(5, 2).mul(s.x(5, 2)), s.ints(4, 4, 0), 0));
    r.add(
        "gather twice from one",
        s -> {
          SDVariable x = s.x(5, 2);
          return s.sd.gather(x, s.ints(1, 1), 0).add(s.sd.gather(x, s.ints(1, 3), 0));
        });
    r.add(
        "gatherNd",
        s ->
            s.sd.gatherNd(
                s.x(3, 4), s.sd.constant(Nd4j.createFromArray(new int[][] {{0, 1}, {2, 3}}))));
    r.add(
        "embeddingLookup",
        s ->
            s.sd
                .math()
                .embeddingLookup(s.x(5, 2), s.ints(1, 1, 4), org.nd4j.enums.PartitionMode.MOD));
    r.addAll("topK", s -> new SDVariable[] {s.sd.nn().topK(s.x(3, 5), 2, true)[0]});
    r.addAll("dynamicPartition", s -> s.sd.dynamicPartition(s.x(4, 2), s.ints(0, 1, 1, 0), 2));
    r.add(
        "dynamicStitch",
        s ->
            s.sd.dynamicStitch(
                new SDVariable[] {s.ints(0, 2), s.ints(3, 1)}, s.x(2, 2), s.x(2, 2)));
  }

  private static void scatters(Recipes r) {
    for (int[] indices : new int[][] {{3, 0}, {1, 1, 2}}) {
      String how = indices.length == 2 ? ", each once" : ", some repeatedly";
      int n = indices.length;
      r.add("scatterAdd" + how, s -> s.sd.scatterAdd(s.x(4, 2), s.ints(indices), s.x(n, 2)));
      r.add("scatterSub" + how, s -> s.sd.scatterSub(s.x(4, 2), s.ints(indices), s.x(n, 2)));
      r.add("scatterMul" + how, s -> s.sd.scatterMul(s.x(4, 2), s.ints(indices), s.x(n, 2)));
      r.add("scatterDiv" + how, s -> s.sd.scatterDiv(s.x(4, 2), s.ints(indices), s.x(n, 2)));
      r.add("scatterMax" + how, s -> s.sd.scatterMax(s.x(4, 2), s.ints(indices), s.x(n, 2)));
      r.add("scatterMin" + how, s -> s.sd.scatterMin(s.x(4, 2), s.ints(indices), s.x(n, 2)));
      r.add("scatterUpdate" + how, s -> s.sd.scatterUpdate(s.x(4, 2), s.ints(indices), s.x(n, 2)));
    }
  }

  private static void segments(Recipes r) {
    for (long[] shape : new long[][] {{5}, {5, 2}}) {
      String of = " of rank " + shape.length;
      r.add("segmentSum" + of, s -> s.sd.segmentSum(s.x(shape), s.ints(0, 0, 1, 2, 2)));
      r.add("segmentMean" + of, s -> s.sd.segmentMean(s.x(shape), s.ints(0, 0, 1, 2, 2)));
      r.add("segmentProd" + of, s -> s.sd.segmentProd(s.x(shape), s.ints(0, 0, 1, 2, 2)));
      r.add("segmentMax" + of, s -> s.sd.segmentMax(s.x(shape), s.ints(0, 0, 1, 2, 2)));
      r.add("segmentMin" + of, s -> s.sd.segmentMin(s.x(shape), s.ints(0, 0, 1, 2, 2)));
      r.add(
          "unsortedSegmentSum" + of,
          s -> s.sd.unsortedSegmentSum(s.x(shape), s.ints(2, 0, 1, 2, 0), 3));
      r.add(
          "unsortedSegmentMean" + of,
          s -> s.sd.unsortedSegmentMean(s.x(shape), s.ints(2, 0, 1, 2, 0), 3));
      r.add(
          "unsortedSegmentProd" + of,
          s -> s.sd.unsortedSegmentProd(s.x(shape), s.ints(2, 0, 1, 2, 0), 3));
      r.add(
          "unsortedSegmentMax" + of,
          s -> s.sd.unsortedSegmentMax(s.x(shape), s.ints(2, 0, 1, 2, 0), 3));
      r.add(
          "unsortedSegmentMin" + of,
          s -> s.sd.unsortedSegmentMin(s.x(shape), s.ints(2, 0, 1, 2, 0), 3));
      r.add(
          "unsortedSegmentSqrtN" + of,
          s -> s.sd.unsortedSegmentSqrtN(s.x(shape), s.ints(2, 0, 1, 2, 0), 3));
    }
  }

  private static void products(Recipes r) {
    r.add("mmul", s -> s.sd.mmul(s.x(3, 4), s.x(4, 2)));
    for (int i = 1; i < 8; i++) {
      boolean tx = (i & 1) != 0;
      boolean ty = (i & 2) != 0;
      boolean tz = (i & 4) != 0;
      r.add(
          "mmul, transposed %s %s %s".formatted(tx, ty, tz),
          s -> s.sd.mmul(tx ? s.x(4, 3) : s.x(3, 4), ty ? s.x(2, 4) : s.x(4, 2), tx, ty, tz));
    }
    r.add(
        "mmul of a variable and itself",
        s -> {
          SDVariable x = s.x(3, 3);
          return s.sd.mmul(x, x);
        });
    r.add(
        "mmul of a variable and itself, transposed",
        s -> {
          SDVariable x = s.x(3, 4);
          return s.sd.mmul(x, x, false, true, false);
        });
    r.add("mmul of rank 3", s -> s.sd.mmul(s.x(2, 3, 4), s.x(2, 4, 2)));
    r.add("mmul of a matrix and a vector", s -> s.sd.mmul(s.x(3, 4), s.x(4)));
    r.add("mmul of a vector and a matrix", s -> s.sd.mmul(s.x(3), s.x(3, 4)));
    r.add("matmul", s -> s.sd.linalg().matmul(s.x(3, 4), s.x(4, 2)));
    r.add("tensorMmul", s -> s.sd.tensorMmul(s.x(2, 3, 4), s.x(4, 3, 2), new int[] {1, 2}, 1, 0));
    r.add("tensorMmul over one", s -> s.sd.tensorMmul(s.x(2, 3), s.x(3, 4), new int[] {1}, 0));
    r.addAll(
        "batchMmul",
        s -> s.sd.batchMmul(new SDVariable[] {s.x(3, 4), s.x(3, 4)}, s.x(4, 2), s.x(4, 2)));
    r.addAll(
        "batchMmul, transposed",
        s ->
            s.sd.batchMmul(
                new SDVariable[] {s.x(4, 3), s.x(4, 3)},
                new SDVariable[] {s.x(2, 4), s.x(2, 4)},
                true,
                true));
    r.add(
        "matrixInverse",
        s ->
            s.sd
                .math()
                .matrixInverse(s.x(3, 3).add(s.sd.math().eye(3, 3, DataType.DOUBLE).mul(3))));
    r.add("matrixDeterminant", s -> s.sd.math().matrixDeterminant(s.x(3, 3)));
    r.add(
        "logdet",
        s -> s.sd.linalg().logdet(s.x(3, 3).add(s.sd.math().eye(3, 3, DataType.DOUBLE).mul(3))));
    r.add(
        "cholesky",
        s -> s.sd.linalg().cholesky(s.x(3, 3).add(s.sd.math().eye(3, 3, DataType.DOUBLE).mul(3))));
    r.add("solve", s -> s.sd.linalg().solve(s.x(3, 3), s.x(3, 2)));
    r.add("triangularSolve", s -> s.sd.linalg().triangularSolve(s.x(3, 3), s.x(3, 2), true, false));
    r.add("lstsq", s -> s.sd.linalg().lstsq(s.x(4, 3), s.x(4, 2), 0.1));
    r.add("svd", s -> s.sd.linalg().svd(s.x(3, 3), false, false));
    r.addAll("qr", s -> s.sd.linalg().qr(s.x(3, 3)));
    r.add("lu", s -> s.sd.linalg().lu(s.x(3, 3)));
    r.add(
        "im2Col of a convolution",
        s -> s.sd.cnn().im2Col(s.x(1, 2, 4, 4), Convolutions.conv2d(false)));
    r.add("XwPlusB", s -> s.sd.nn().linear(s.x(3, 4), s.x(4, 2), s.x(2)));
    r.add("reluLayer", s -> s.sd.nn().reluLayer(s.signed(3, 4), s.signed(4, 2), s.signed(2)));
  }
}
