package dev.alig.tensorflow;

import java.util.Map;
import java.util.Set;

/**
 * The measured gradients of TensorFlow 2.18's operations. {@code GradientTableTest} measures them
 * again, and fails if a result differs from this table.
 */
final class GradientTable {
  /** What to do if a gradient was not measured. */
  static final String VERIFY =
      "call verifySlope(session, loss, feeds) of this optimizer before minimize, to measure it";

  private static final Set<String> RIGHT =
      names(
          """
          Abs Acos Acosh Add AddN AddV2 Angle Asin Asinh Atan Atan2 Atanh AvgPool AvgPool3D
          BatchMatMul BatchMatMulV2 BatchMatMulV3 BatchToSpace BatchToSpaceND BiasAdd BroadcastTo
          Cast CheckNumerics ClipByValue Complex ConcatV2 Conj Conv2D Conv2DBackpropInput Cos Cosh
          CropAndResize Cumsum DepthToSpace DepthwiseConv2dNative Diag DiagPart Div DivNoNan
          DynamicPartition DynamicStitch Einsum Elu Erf Erfinv Exp ExpandDims Expm1 Fill
          FractionalAvgPool FractionalMaxPool FusedBatchNormV3 GatherNd GatherV2 Identity Imag Inv
          L2Loss LRN LeakyRelu LeakyReluGrad Lgamma Log Log1p LogSoftmax MatMul MatrixBandPart
          MatrixDiag Max MaxPool MaxPool3D MaxPoolV2 Maximum Mean Min Minimum MirrorPad
          MirrorPadGrad Mul Ndtri Neg Pack Pad PadV2 ParallelDynamicStitch Pow Prod Real RealDiv
          Reciprocal RefIdentity Relu Relu6 Reshape ResizeBicubic ResizeBilinear
          ResizeNearestNeighbor ReverseSequence ReverseV2 Roll Rsqrt ScaleAndTranslate ScatterNd
          ScatterNdNonAliasingAdd SegmentSum Select SelectV2 Selu Sigmoid Sign Sin Sinh Slice
          Softmax SoftmaxCrossEntropyWithLogits Softplus Softsign SpaceToBatch SpaceToBatchND
          SpaceToDepth Split SplitV Sqrt Square SquaredDifference Squeeze StridedSlice Sub Sum Tan
          Tanh Tile Transpose Unpack UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentSum
          """);

  /** Operations at which a gradient ends, because their derivative is 0 or defined to be 0. */
  private static final Set<String> STOPS =
      names("EditDistance Floor NonMaxSuppressionV5 OneHot StackPush StopGradient ZerosLike");

  private static final String LOOP =
      "repeat the operations in the graph; in Keras build the layer with unroll=True";

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("Cumprod", "use tf.reduceProd, or tf.math.exp of tf.math.cumsum of logarithms"),
          Map.entry("TopKV2", "use only its indices, and get the values with tf.gatherNd"),
          Map.entry(
              "MatrixSetDiagV3",
              "multiply by a mask that is 0 on the diagonal, and add a diagonal matrix"),
          Map.entry(
              "SparseSoftmaxCrossEntropyWithLogits",
              "use tf.nn.softmaxCrossEntropyWithLogits with tf.oneHot of the labels"),
          Map.entry(
              "IdentityN",
              "Python puts it where tf.custom_gradient defines a gradient, which only Python knows;"
                  + " write the function with ordinary operations, tf.nn.silu(x) as x * tf.sigmoid(x)"),
          Map.entry("Merge", "choose by tf.select"),
          Map.entry("Switch", "choose by tf.select"),
          Map.entry("If", "choose by tf.select"),
          Map.entry("StatelessIf", "choose by tf.select"),
          Map.entry("Erfc", "use 1 - tf.math.erf(x); in Keras gelu with approximate=True"),
          Map.entry("While", LOOP),
          Map.entry("StatelessWhile", LOOP),
          Map.entry("TensorListStack", "it ends a while loop; " + LOOP),
          Map.entry("TensorListGetItem", "it ends a while loop; " + LOOP));

  private GradientTable() {}

  /** Whether the gradient was measured, so that it is right unless a rule refuses it. */
  static boolean isMeasured(String type) {
    return RIGHT.contains(type) || STOPS.contains(type) || GradientRules.has(type);
  }

  static boolean stops(String type) {
    return STOPS.contains(type);
  }

  /** What to use instead of an operation that has no gradient. */
  static String insteadOf(String type) {
    return insteadOf(
        type,
        "write it with operations that have one, or put tf.stopGradient before it if you want no"
            + " gradient");
  }

  /** What to use instead of an operation, or the given words if nothing is known. */
  static String insteadOf(String type, String otherwise) {
    return INSTEAD.getOrDefault(type, otherwise);
  }

  static Set<String> names(String text) {
    return Set.of(text.strip().split("\\s+"));
  }
}
