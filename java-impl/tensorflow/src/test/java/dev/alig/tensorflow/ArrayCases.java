package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.List;

/** Operations that move elements. */
final class ArrayCases {
  private ArrayCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    shapes(cases);
    slices(cases);
    gathers(cases);
    joins(cases);
    longs(cases);
    return cases;
  }

  private static void shapes(List<OpCase> cases) {
    cases.add(OpCase.of("Reshape").in(2, 3).ints(3, -1));
    cases.add(OpCase.of("Reshape").when("to a long shape").in(2, 3).longs(6));
    cases.add(OpCase.of("ExpandDims").in(2, 3).scalar(1));
    cases.add(OpCase.of("Squeeze").in(2, 1, 3));
    cases.add(OpCase.of("Squeeze").when("of one axis").attrInts("squeeze_dims", 1).in(2, 1, 1));
    cases.add(OpCase.of("Transpose").in(2, 3, 4).ints(2, 0, 1));
    cases.add(OpCase.of("Transpose").when("by longs").in(2, 3, 4).longs(2, 0, 1));
    cases.add(OpCase.of("BroadcastTo").in(2, 1).ints(4, 2, 3));
    cases.add(OpCase.of("BroadcastTo").when("to a long shape").in(3).longs(2, 3));
    cases.add(OpCase.of("Tile").in(2, 3).ints(2, 3));
    cases.add(OpCase.of("Tile").when("by longs").in(2, 3).longs(1, 2));
    cases.add(OpCase.of("Fill").ints(2, 3).in());
    cases.add(OpCase.of("Fill").when("of a long shape").longs(2, 3).in());
    cases.add(OpCase.of("Diag").in(3));
    cases.add(OpCase.of("Diag").when("of rank 2").in(2, 2));
    cases.add(OpCase.of("DiagPart").in(3, 3));
    cases.add(OpCase.of("DiagPart").when("of rank 4").in(2, 3, 2, 3));
    cases.add(OpCase.of("MatrixDiag").in(2, 3));
    cases.add(OpCase.of("MatrixBandPart").in(4, 4).scalar(1).scalar(0));
    cases.add(OpCase.of("MatrixBandPart").when("of rank 3").in(2, 3, 4).scalar(-1).scalar(1));
    cases.add(OpCase.of("ReverseV2").in(2, 3, 4).ints(0, 2));
    cases.add(OpCase.of("ReverseV2").when("of a negative axis").in(2, 3).longs(-1));
    cases.add(OpCase.of("ReverseSequence").attr("seq_dim", 1).in(3, 4, 2).ints(2, 4, 1));
    cases.add(
        OpCase.of("ReverseSequence")
            .when("along axis 0")
            .attr("seq_dim", 0)
            .attr("batch_dim", 1)
            .in(4, 3, 2)
            .longs(2, 4, 1));
    cases.add(OpCase.of("Roll").in(4, 3).scalar(1).scalar(0));
    cases.add(OpCase.of("Roll").when("of two axes").in(4, 3).ints(2, -1).ints(0, 1));
    cases.add(OpCase.of("OneHot").ints(0, 2, 1).scalar(3).in().in());
    cases.add(OpCase.of("OneHot").when("of constants").ints(0, 2, 1).scalar(3).number(1).number(0));
  }

  private static void slices(List<OpCase> cases) {
    cases.add(OpCase.of("Slice").in(3, 4).ints(1, 0).ints(2, -1));
    cases.add(OpCase.of("Slice").when("by longs").in(3, 4).longs(1, 0).longs(2, 3));
    cases.add(OpCase.of("StridedSlice").in(5, 4).ints(0, 1).ints(5, 4).ints(2, 1));
    cases.add(
        OpCase.of("StridedSlice").when("backwards").in(5, 4).ints(4, 3).ints(0, 0).ints(-2, -1));
    cases.add(
        OpCase.of("StridedSlice")
            .when("with masks")
            .attr("begin_mask", 1)
            .attr("end_mask", 1)
            .attr("new_axis_mask", 2)
            .attr("shrink_axis_mask", 4)
            .in(5, 4)
            .ints(0, 0, 2)
            .ints(0, 0, 3)
            .ints(1, 1, 1));
    cases.add(
        OpCase.of("StridedSlice")
            .when("with an ellipsis")
            .attr("ellipsis_mask", 1)
            .in(2, 3, 4)
            .ints(0, 1)
            .ints(0, 3)
            .ints(1, 1));
    cases.add(
        OpCase.of("StridedSlice").when("by longs").in(5, 4).longs(0, 1).longs(5, 4).longs(2, 1));
    cases.add(OpCase.of("Pad").in(2, 3).matrix(2, 1, 0, 2, 1));
    cases.add(OpCase.of("PadV2").in(2, 3).matrix(2, 1, 0, 2, 1).number(0));
    cases.add(OpCase.of("PadV2").when("with a variable").in(2, 3).matrix(2, 1, 0, 2, 1).in());
    for (String mode : List.of("REFLECT", "SYMMETRIC")) {
      cases.add(
          OpCase.of("MirrorPad").when(mode).attr("mode", mode).in(3, 4).matrix(2, 1, 2, 2, 0));
      cases.add(
          OpCase.of("MirrorPadGrad").when(mode).attr("mode", mode).in(6, 6).matrix(2, 1, 2, 2, 0));
    }
    cases.add(OpCase.of("SpaceToBatch").attr("block_size", 2).in(1, 2, 4, 1).matrix(2, 1, 1, 0, 2));
    cases.add(OpCase.of("BatchToSpace").attr("block_size", 2).in(4, 2, 2, 1).matrix(2, 1, 0, 0, 1));
    cases.add(OpCase.of("SpaceToBatchND").in(1, 4, 6, 2).ints(2, 3).matrix(2, 0, 0, 1, 2));
    cases.add(OpCase.of("BatchToSpaceND").in(6, 2, 3, 1).ints(2, 3).matrix(2, 1, 0, 0, 2));
    cases.add(OpCase.of("SpaceToDepth").attr("block_size", 2).in(1, 4, 2, 3));
    cases.add(OpCase.of("DepthToSpace").attr("block_size", 2).in(1, 2, 1, 8));
    for (String op : List.of("SpaceToDepth", "DepthToSpace")) {
      cases.add(
          OpCase.of(op)
              .when("NCHW")
              .attr("block_size", 2)
              .attr("data_format", "NCHW")
              .in(1, 4, 2, 2));
    }
  }

  private static void gathers(List<OpCase> cases) {
    cases.add(
        OpCase.of("GatherV2")
            .when("with repeated indices")
            .in(5, 2)
            .ints(1, 1, 2, 4, 4, 4)
            .scalar(0));
    cases.add(
        OpCase.of("GatherV2").when("along axis 1").in(2, 5, 3).matrix(2, 1, 1, 0, 4).scalar(1));
    cases.add(OpCase.of("GatherV2").when("along axis -1").in(2, 5).ints(1, 1, 0).scalar(-1));
    cases.add(OpCase.of("GatherV2").when("along axis -2").in(2, 5, 3).ints(1, 1, 0).scalar(-2));
    cases.add(OpCase.of("GatherV2").when("by longs").in(5, 2).longs(1, 1, 0).scalar(0));
    cases.add(OpCase.of("GatherV2").when("one row").in(5, 2).scalar(3).scalar(0));
    cases.add(
        OpCase.of("GatherV2")
            .when("in batches")
            .attr("batch_dims", 1)
            .in(2, 4, 3)
            .matrix(2, 1, 1, 0, 3)
            .scalar(1));
    cases.add(
        OpCase.of("GatherV2")
            .when("in batches, axis 2")
            .attr("batch_dims", 1)
            .in(2, 3, 4)
            .matrix(2, 1, 1, 0, 3)
            .scalar(2));
    cases.add(
        OpCase.of("GatherV2")
            .when("in batches of -1")
            .attr("batch_dims", -1)
            .in(2, 4, 3)
            .matrix(2, 1, 1, 0, 3)
            .scalar(1));
    cases.add(
        OpCase.of("GatherNd").when("with repeated indices").in(3, 4).matrix(2, 1, 1, 1, 1, 2, 0));
    cases.add(OpCase.of("GatherNd").when("rows").in(3, 4).matrix(1, 2, 2, 0));
    cases.add(OpCase.of("ScatterNd").matrix(1, 1, 1, 4).in(3, 2).ints(5, 2));
    cases.add(OpCase.of("ScatterNdNonAliasingAdd").in(5).matrix(1, 1, 1, 4).in(3));
    cases.add(OpCase.of("DynamicPartition").attr("num_partitions", 3).in(5, 2).ints(2, 0, 2, 0, 1));
    cases.add(
        OpCase.of("DynamicPartition")
            .when("by a matrix")
            .attr("num_partitions", 2)
            .in(2, 2, 3)
            .matrix(2, 1, 0, 0, 1));
    for (String op : List.of("DynamicStitch", "ParallelDynamicStitch")) {
      cases.add(OpCase.of(op).intLists(new int[] {2, 0}, new int[] {1, 3}).list(2, 2, 3));
    }
    cases.add(
        OpCase.of("DynamicStitch")
            .when("with repeated indices")
            .intLists(new int[] {2, 0}, new int[] {1, 2})
            .list(2, 2, 3));
    cases.add(
        OpCase.of("DynamicStitch")
            .when("with indices repeated in one list")
            .intLists(new int[] {2, 2}, new int[] {1, 0})
            .list(2, 2, 3));
  }

  private static void joins(List<OpCase> cases) {
    cases.add(OpCase.of("ConcatV2").list(3, 2, 3).scalar(1));
    cases.add(OpCase.of("ConcatV2").when("along axis -1").list(3, 2, 3).scalar(-1));
    cases.add(OpCase.of("ConcatV2").when("of 100").list(100, 2).scalar(0));
    cases.add(OpCase.of("Pack").list(3, 2, 3));
    cases.add(OpCase.of("Pack").when("along axis 1").attr("axis", 1).list(3, 2, 3));
    cases.add(OpCase.of("Pack").when("of 100").list(100, 2));
    cases.add(OpCase.of("Unpack").attr("num", 3).in(3, 2));
    cases.add(OpCase.of("Unpack").when("along axis 1").attr("num", 2).attr("axis", 1).in(3, 2));
    cases.add(OpCase.of("Split").attr("num_split", 2).scalar(1).in(3, 4));
    cases.add(OpCase.of("Split").when("along axis -1").attr("num_split", 2).scalar(-1).in(3, 4));
    cases.add(OpCase.of("SplitV").attr("num_split", 2).in(3, 4).ints(1, 3).scalar(1));
    cases.add(
        OpCase.of("SplitV")
            .when("of the rest")
            .attr("num_split", 2)
            .in(3, 4)
            .longs(1, -1)
            .scalar(-1));
  }

  /** Indices, axes and shapes of type TInt64 where others are TInt32. */
  private static void longs(List<OpCase> cases) {
    String by = "by longs";
    cases.add(OpCase.of("ExpandDims").when(by).in(2, 3).longs(1));
    cases.add(OpCase.of("MatrixBandPart").when(by).in(3, 3).wide(1).wide(0));
    cases.add(OpCase.of("Roll").when(by).in(4).wide(1).wide(0));
    cases.add(OpCase.of("Pad").when(by).in(3).longMatrix(2, 1, 2));
    cases.add(OpCase.of("PadV2").when(by).in(3).longMatrix(2, 1, 2).number(0));
    for (String op : List.of("MirrorPad", "MirrorPadGrad")) {
      cases.add(OpCase.of(op).when(by).attr("mode", "REFLECT").in(5).longMatrix(2, 1, 1));
    }
    cases.add(
        OpCase.of("SpaceToBatch")
            .when(by)
            .attr("block_size", 2)
            .in(1, 2, 4, 1)
            .longMatrix(2, 1, 1, 0, 2));
    cases.add(
        OpCase.of("BatchToSpace")
            .when(by)
            .attr("block_size", 2)
            .in(4, 2, 2, 1)
            .longMatrix(2, 1, 0, 0, 1));
    cases.add(OpCase.of("SpaceToBatchND").when(by).in(1, 4, 2).longs(2).longMatrix(2, 0, 0));
    cases.add(OpCase.of("BatchToSpaceND").when(by).in(2, 2, 2).longs(2).longMatrix(2, 1, 0));
    cases.add(OpCase.of("GatherV2").when("along a long axis").in(5, 2).ints(1, 1, 0).wide(0));
    cases.add(OpCase.of("GatherNd").when(by).in(3, 4).longMatrix(2, 1, 1, 1, 1, 2, 0));
    cases.add(OpCase.of("ScatterNd").when(by).longMatrix(1, 1, 1, 4).in(3, 2).longs(5, 2));
    cases.add(OpCase.of("ScatterNdNonAliasingAdd").when(by).in(5).longMatrix(1, 1, 1, 4).in(3));
    cases.add(OpCase.of("ConcatV2").when("along a long axis").list(3, 2, 3).wide(1));
    cases.add(OpCase.of("Cumsum").when("along a long axis").in(2, 3).wide(1));
    cases.add(OpCase.of("SegmentSum").when(by).in(4, 2).longs(0, 0, 1, 2));
    for (String op : List.of("UnsortedSegmentSum", "UnsortedSegmentMax", "UnsortedSegmentMin")) {
      cases.add(OpCase.of(op).when(by).in(4, 2).longs(1, 0, 1, 0).scalar(2));
      cases.add(OpCase.of(op).when("of a long count").in(4, 2).ints(1, 0, 1, 0).wide(2));
    }
    cases.add(OpCase.of("OneHot").when(by).longs(0, 2, 1).scalar(3).in().in());
    cases.add(OpCase.of("Pack").when("along axis -1").attr("axis", -1).list(3, 2, 3));
    cases.add(OpCase.of("Unpack").when("along axis -1").attr("num", 2).attr("axis", -1).in(3, 2));
  }
}
