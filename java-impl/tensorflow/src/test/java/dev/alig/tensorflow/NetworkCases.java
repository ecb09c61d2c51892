package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.List;

/** Convolutions, pools, normalizations and images. */
final class NetworkCases {
  private NetworkCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    convolutions(cases);
    pools(cases);
    normalizations(cases);
    images(cases);
    quantizations(cases);
    without(cases);
    return cases;
  }

  private static OpCase strided(String op, String padding, long stride, long dilation) {
    return OpCase.of(op)
        .when(padding + " stride " + stride + " dilation " + dilation)
        .attr("padding", padding)
        .attrInts("strides", 1, stride, stride, 1)
        .attrInts("dilations", 1, dilation, dilation, 1);
  }

  private static void convolutions(List<OpCase> cases) {
    for (String padding : List.of("VALID", "SAME")) {
      for (long[] how : new long[][] {{1, 1}, {2, 1}, {1, 2}}) {
        cases.add(strided("Conv2D", padding, how[0], how[1]).in(2, 7, 6, 2).in(3, 2, 2, 3));
        cases.add(
            strided("DepthwiseConv2dNative", padding, how[0], how[1])
                .in(2, 7, 6, 2)
                .in(3, 2, 2, 2));
        boolean same = padding.equals("SAME");
        long height = same ? 6 : 6 - 2 * how[1];
        cases.add(
            strided("Conv2DBackpropInput", padding, how[0], how[1])
                .ints(2, 6, 6, 2)
                .in(3, 3, 2, 3)
                .in(2, (height + how[0] - 1) / how[0], (height + how[0] - 1) / how[0], 3));
      }
    }
    for (String op : List.of("Conv2D", "DepthwiseConv2dNative")) {
      cases.add(
          OpCase.of(op)
              .when("EXPLICIT")
              .attr("padding", "EXPLICIT")
              .attrInts("strides", 1, 1, 1, 1)
              .attrInts("explicit_paddings", 0, 0, 1, 0, 0, 2, 0, 0)
              .in(1, 4, 4, 2)
              .in(2, 2, 2, 2));
    }
    cases.add(
        OpCase.of("Conv2D")
            .when("in groups")
            .attr("padding", "VALID")
            .attrInts("strides", 1, 1, 1, 1)
            .in(1, 4, 4, 4)
            .in(2, 2, 2, 2));
  }

  private static void pools(List<OpCase> cases) {
    for (String padding : List.of("VALID", "SAME")) {
      for (String op : List.of("MaxPool", "AvgPool")) {
        cases.add(
            OpCase.of(op)
                .when(padding)
                .attr("padding", padding)
                .attrInts("ksize", 1, 2, 3, 1)
                .attrInts("strides", 1, 2, 1, 1)
                .within(-4, 4)
                .in(2, 5, 4, 2));
        cases.add(
            OpCase.of(op + "3D")
                .when(padding)
                .narrow()
                .attr("padding", padding)
                .attrInts("ksize", 1, 2, 3, 2, 1)
                .attrInts("strides", 1, 2, 1, 1, 1)
                .within(-4, 4)
                .in(1, 4, 4, 3, 2));
      }
      cases.add(
          OpCase.of("MaxPoolV2")
              .when(padding)
              .attr("padding", padding)
              .within(-4, 4)
              .in(2, 5, 4, 2)
              .ints(1, 2, 3, 1)
              .ints(1, 2, 1, 1));
    }
    cases.add(
        OpCase.of("MaxPool")
            .when("EXPLICIT")
            .attr("padding", "EXPLICIT")
            .attrInts("explicit_paddings", 0, 0, 1, 0, 0, 1, 0, 0)
            .attrInts("ksize", 1, 2, 2, 1)
            .attrInts("strides", 1, 2, 2, 1)
            .within(-4, 4)
            .in(2, 5, 4, 2));
    cases.add(
        OpCase.of("MaxPool")
            .when("of depth")
            .attr("padding", "VALID")
            .attrInts("ksize", 1, 1, 1, 2)
            .attrInts("strides", 1, 1, 1, 2)
            .within(-4, 4)
            .in(2, 3, 3, 4));
    for (String op : List.of("FractionalMaxPool", "FractionalAvgPool")) {
      for (boolean overlapping : new boolean[] {false, true}) {
        cases.add(
            OpCase.of(op)
                .when(overlapping ? "overlapping" : "")
                .attr("overlapping", overlapping)
                .attr("deterministic", true)
                .attr("seed", 5)
                .attr("seed2", 6)
                .attr("pooling_ratio", new float[] {1, 1.5f, 1.3f, 1})
                .within(-4, 4)
                .in(1, 7, 7, 1));
      }
    }
  }

  private static void normalizations(List<OpCase> cases) {
    cases.add(OpCase.of("LRN").narrow().in(1, 2, 2, 9));
    cases.add(
        OpCase.of("LRN").when("of another radius").narrow().attr("depth_radius", 1).in(1, 2, 2, 9));
    cases.add(OpCase.of("LRN").when("of another bias").narrow().attr("bias", 2f).in(1, 2, 2, 9));
    cases.add(
        OpCase.of("LRN").when("of another alpha").narrow().attr("alpha", 0.3f).in(1, 2, 2, 9));
    cases.add(OpCase.of("LRN").when("of another beta").narrow().attr("beta", 0.75f).in(1, 2, 2, 9));
    for (boolean training : new boolean[] {true, false}) {
      for (String layout : List.of("NHWC", "NCHW")) {
        OpCase given =
            OpCase.of("FusedBatchNormV3")
                .workingMemoryAfter(3)
                .when((training ? "training " : "inference ") + layout)
                .narrow()
                .attr("is_training", training)
                .attr("epsilon", 0.01f)
                .attr("data_format", layout)
                .within(0.2, 1)
                .in(3, 2, 2, 2)
                .in(2)
                .in(2);
        cases.add(training ? given.floats().floats() : given.floats(0.1f, 0.2f).floats(1, 2));
      }
    }
    cases.add(
        OpCase.of("FusedBatchNormV3")
            .workingMemoryAfter(3)
            .when("inference, variable statistics")
            .narrow()
            .attr("is_training", false)
            .within(0.2, 1)
            .in(3, 2, 2, 2)
            .in(2)
            .in(2)
            .in(2)
            .in(2));
    cases.add(
        OpCase.of("FusedBatchNormV3")
            .workingMemoryAfter(3)
            .when("training, a moving average")
            .narrow()
            .attr("is_training", true)
            .attr("exponential_avg_factor", 0.5f)
            .within(0.2, 1)
            .in(3, 2, 2, 2)
            .in(2)
            .in(2)
            .in(2)
            .in(2));
  }

  private static void images(List<OpCase> cases) {
    for (String op : List.of("ResizeNearestNeighbor", "ResizeBilinear", "ResizeBicubic")) {
      cases.add(OpCase.of(op).coarse().in(1, 3, 4, 2).ints(5, 6));
      cases.add(OpCase.of(op).when("smaller").coarse().in(1, 5, 6, 2).ints(3, 2));
      cases.add(
          OpCase.of(op)
              .when("with aligned corners")
              .coarse()
              .attr("align_corners", true)
              .in(1, 3, 4, 2)
              .ints(5, 6));
      cases.add(
          OpCase.of(op)
              .when("with half pixel centers")
              .coarse()
              .attr("half_pixel_centers", true)
              .in(1, 3, 4, 2)
              .ints(5, 7));
    }
    for (String kernel : List.of("lanczos3", "triangle")) {
      for (boolean antialias : new boolean[] {true, false}) {
        cases.add(
            OpCase.of("ScaleAndTranslate")
                .when(kernel + (antialias ? "" : " without antialias"))
                .narrow()
                .attr("kernel_type", kernel)
                .attr("antialias", antialias)
                .in(1, 5, 6, 2)
                .ints(3, 4)
                .floats(0.6f, 0.7f)
                .floats(0.1f, 0.2f));
      }
    }
    cases.add(
        OpCase.of("ScaleAndTranslate")
            .when("by variables")
            .narrow()
            .attr("kernel_type", "triangle")
            .in(1, 5, 6, 2)
            .ints(3, 4)
            .within(0.6, 0.8)
            .in(2)
            .in(2));
    for (String method : List.of("bilinear", "nearest")) {
      cases.add(
          OpCase.of("CropAndResize")
              .when(method)
              .narrow()
              .attr("method", method)
              .in(1, 5, 6, 2)
              .floats2(0.1f, 0.2f, 0.8f, 0.9f)
              .ints(0)
              .ints(3, 4));
    }
    cases.add(
        OpCase.of("CropAndResize")
            .when("of variable boxes")
            .narrow()
            .in(1, 5, 6, 2)
            .given(new long[] {1, 4}, 0.1, 0.23, 0.8, 0.9)
            .ints(0)
            .ints(3, 4));
    cases.add(
        OpCase.of("CropAndResize")
            .when("of nearest variable boxes")
            .narrow()
            .attr("method", "nearest")
            .in(1, 5, 6, 2)
            .given(new long[] {1, 4}, 0.1, 0.23, 0.8, 0.9)
            .ints(0)
            .ints(3, 4));
  }

  /** Operations that have no gradient. */
  private static void without(List<OpCase> cases) {
    cases.add(OpCase.of("Cumprod").in(3).scalar(0));
    cases.add(OpCase.of("TopKV2").in(5).scalar(2));
    cases.add(OpCase.of("MatrixSetDiagV3").in(3, 3).in(3).scalar(0));
    cases.add(OpCase.of("MatrixDiagPart").in(3, 3));
    cases.add(OpCase.of("SparseSoftmaxCrossEntropyWithLogits").in(2, 3).ints(0, 2));
    cases.add(OpCase.of("Switch").in(3).bool(true));
    cases.add(
        OpCase.of("Conv3D")
            .attr("padding", "VALID")
            .attrInts("strides", 1, 1, 1, 1, 1)
            .in(1, 3, 3, 3, 1)
            .in(2, 2, 2, 1, 1));
  }

  private static void quantizations(List<OpCase> cases) {
    cases.add(
        OpCase.of("QuantizeAndDequantizeV3")
            .attr("range_given", true)
            .in(7)
            .number(-1)
            .number(1)
            .scalar(4));
    cases.add(
        OpCase.of("QuantizeAndDequantizeV4")
            .attr("range_given", true)
            .attr("num_bits", 4)
            .in(7)
            .number(-1)
            .number(1));
    cases.add(
        OpCase.of("NonMaxSuppressionV5")
            .narrow()
            .floats2(0, 0, 1, 1, 0, 2, 1, 3)
            .in(2)
            .scalar(2)
            .single(0.5f)
            .single(0.05f)
            .single(0.5f));
  }
}
