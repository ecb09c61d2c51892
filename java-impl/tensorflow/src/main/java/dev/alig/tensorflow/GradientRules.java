package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * Rules that refuse an operation in the circumstances in which TensorFlow's gradient of it is wrong
 * or fails.
 */
final class GradientRules {
  /** A rule; %s in its message stands for the names of variables. */
  private record Rule(Predicate<Passage> applies, String message, boolean unlessVerified) {}

  private static final Map<String, List<Rule>> RULES = rules();

  private GradientRules() {}

  /** Whether there is a rule for some use of this operation. */
  static boolean has(String type) {
    return RULES.containsKey(type);
  }

  /** Why this use of an operation is refused; empty if it is not. */
  static Optional<String> refusal(Passage passage, boolean verified) {
    return RULES.getOrDefault(passage.operation().type(), List.of()).stream()
        .filter(rule -> !(verified && rule.unlessVerified()))
        .filter(rule -> rule.applies().test(passage))
        .map(rule -> rule.message().formatted(String.join(", ", passage.variables())))
        .map(message -> passage.describe() + " " + message)
        .findFirst();
  }

  private static Map<String, List<Rule>> rules() {
    Builder table = new Builder();
    table.refuse(
        "Square Log1p Asin Acos Atan Atanh Pow Sign BatchMatMul BatchMatMulV2 BatchMatMulV3",
        passage -> !passage.variables().isEmpty(),
        "takes variable %s directly, and TensorFlow's gradient of it then fails or ends the process;"
            + " give it tf.identity of the variable");
    table.refuse(
        "Exit",
        any -> true,
        "ends a while loop, and TensorFlow-Java's gradient of loops ends the process; unroll the loop"
            + " in the graph");
    elementwise(table);
    arrays(table);
    network(table);
    ends(table);
    return table.rules;
  }

  private static void elementwise(Builder table) {
    table.refuse(
        "Sign Acos Atan SquaredDifference Prod",
        Passage::isComplex,
        "is complex, and TensorFlow's gradient of it is wrong then; compute with the real and the"
            + " imaginary part");
    table.refuse(
        "Real Imag Angle",
        passage -> passage.type(0) == DataType.DT_COMPLEX128,
        "has the type complex128, for which TensorFlow builds no gradient; use complex64");
    table.refuse(
        "Complex",
        passage -> passage.type(0) == DataType.DT_DOUBLE,
        "gives the type complex128, for which TensorFlow builds no gradient; use TFloat32");
    table.refuse(
        "Atan2",
        passage -> isKnown(passage.shape(0), passage.shape(1)) && !sameShape(passage),
        "broadcasts, and TensorFlow's gradient of it is wrong then; give both inputs one shape with"
            + " tf.broadcastTo");
    table.settle("Atan2", passage -> !sameShape(passage), "has inputs of unknown shape");
    table.refuse(
        "Sum Mean Max Min Prod",
        passage -> passage.type(1) == DataType.DT_INT64,
        "takes axes of type TInt64, for which TensorFlow's gradient fails or ends the process;"
            + " give it TInt32");
    table.refuse(
        "LogSoftmax",
        passage -> !passage.shape(0).isUnknown() && passage.shape(0).numDimensions() != 2,
        "has another rank than 2, and TensorFlow's gradient of it is wrong then; reshape its input"
            + " to a matrix, and reshape the result back");
    table.settle(
        "LogSoftmax", passage -> passage.shape(0).isUnknown(), "has an input of unknown rank");
    table.refuse(
        "SoftmaxCrossEntropyWithLogits",
        passage -> passage.type(0) != DataType.DT_FLOAT,
        "has a gradient for TFloat32 only; cast its inputs, or use the negative sum of labels times"
            + " tf.nn.logSoftmax");
    table.refuse(
        "SoftmaxCrossEntropyWithLogits",
        passage -> passage.outputs().contains(1),
        "gives its second output to the loss, and TensorFlow omits a part of its gradient; use"
            + " tf.nn.softmax minus the labels");
    table.refuse(
        "SoftmaxCrossEntropyWithLogits",
        passage -> isKnown(passage.shape(0), passage.shape(1)) && !sameShape(passage),
        "broadcasts, and TensorFlow's gradient of it has a wrong shape then; give logits and labels"
            + " one shape with tf.broadcastTo");
  }

  private static void arrays(Builder table) {
    table.refuse(
        "BroadcastTo Slice StridedSlice Pad PadV2",
        passage -> passage.type(1) == DataType.DT_INT64,
        "takes TInt64, for which TensorFlow builds no gradient; give it TInt32");
    table.refuse(
        "GatherV2 ConcatV2",
        passage -> passage.type(passage.operation().numInputs() - 1) == DataType.DT_INT64,
        "takes an axis of type TInt64, for which TensorFlow's gradient fails or ends the process;"
            + " give it TInt32");
    table.refuse(
        "SpaceToDepth DepthToSpace",
        passage -> !passage.text("data_format").equals("NHWC"),
        "has another data format than NHWC, and TensorFlow's gradient assumes NHWC; transpose its"
            + " input");
    table.refuse(
        "GatherV2",
        passage ->
            passage.number("batch_dims") < 0
                || passage.constant(2).stream().anyMatch(axes -> axes.get(0) < 0),
        "has a negative axis, for which TensorFlow's gradient is wrong; count from the front");
    for (String op : List.of("DynamicStitch", "ParallelDynamicStitch")) {
      table.refuse(
          op,
          passage -> halves(passage).constants && !halves(passage).distinct,
          "has an index twice, and TensorFlow's gradient of it is wrong then; keep only the last"
              + " element of each index");
      table.settle(
          op,
          passage -> !halves(passage).distinct,
          "has a wrong gradient if an index occurs twice, and its indices are not constant");
    }
  }

  private record Indices(boolean constants, boolean distinct) {}

  private static Indices halves(Passage passage) {
    int count = passage.operation().numInputs() / 2;
    boolean constants = true;
    for (int i = 0; i < count; i++) {
      constants &= passage.constant(i).isPresent();
    }
    return new Indices(constants, passage.hasDistinctConstants(count));
  }

  private static void network(Builder table) {
    table.refuse(
        "Conv2D DepthwiseConv2dNative Conv2DBackpropInput",
        passage -> !passage.allOne("dilations"),
        "has dilations, and TensorFlow's gradient of it ignores them or fails; put zeros between the"
            + " filter's elements");
    table.refuse(
        "Conv2D MaxPool",
        passage -> passage.text("padding").equals("EXPLICIT"),
        "has EXPLICIT padding, for which TensorFlow builds no gradient; use tf.pad, and VALID");
    table.refuse(
        "Conv2D",
        passage -> channels(passage) > 0 && channels(passage) != passage.shape(1).get(2),
        "is a grouped convolution, for which TensorFlow has no gradient; split its input");
    table.refuse(
        "MaxPool",
        passage -> passage.numbers("ksize").get(3) != 1,
        "pools channels, for which TensorFlow has no gradient; reshape, and use tf.reduceMax");
    table.refuse(
        "LRN",
        passage ->
            passage.number("depth_radius") != 5
                || passage.real("bias") != 1
                || passage.real("alpha") != 1
                || passage.real("beta") != 0.5f,
        "has other settings than TensorFlow's defaults, and its gradient assumes the defaults; write"
            + " it as x / (bias + alpha * sum of squares) ^ beta");
    table.refuse(
        "FusedBatchNormV3",
        passage ->
            passage.flag("is_training")
                && passage.outputs().stream().anyMatch(output -> output == 1 || output == 2),
        "gives mean and variance to the loss, and TensorFlow omits their gradient; compute them with"
            + " tf.math.mean");
    table.refuse(
        "FusedBatchNormV3",
        passage -> passage.outputs().stream().anyMatch(output -> output >= 3),
        "gives its working memory to the loss, which TensorFlow does not always write; use its"
            + " first output");
    table.refuse(
        "FusedBatchNormV3",
        passage -> !passage.flag("is_training") && dependsOn(passage, 3, 4),
        "takes mean and variance from variables, and TensorFlow omits their gradient; write it with"
            + " elementwise operations, or put tf.stopGradient before them");
    table.refuse(
        "ScaleAndTranslate",
        passage -> dependsOn(passage, 2, 3),
        "takes scale or translation from variables, and TensorFlow omits their gradient; put"
            + " tf.stopGradient before them");
    table.refuse(
        "CropAndResize",
        passage -> dependsOn(passage, 1) && !passage.text("method").equals("bilinear"),
        "takes boxes from variables, and TensorFlow's gradient is that of the method bilinear; use"
            + " that, or put tf.stopGradient before them");
    table.refuse(
        "PadV2",
        passage -> dependsOn(passage, 2),
        "takes its padding from a variable, and TensorFlow omits that gradient; put tf.stopGradient"
            + " before it, or add the padding with tf.concat");
  }

  private static void ends(Builder table) {
    table.refuse(
        "OneHot",
        passage -> dependsOn(passage, 2, 3),
        "takes its values from variables, and TensorFlow omits their gradient; multiply a OneHot of"
            + " constants by them");
    table.refuse(
        "NonMaxSuppressionV5",
        passage -> passage.outputs().contains(1) && dependsOn(passage, 1),
        "takes scores from variables, and TensorFlow omits their gradient; use only its indices, and"
            + " get the scores with tf.gather");
    table.refuse(
        "StackPush",
        any -> true,
        "returns its input, and TensorFlow omits the gradient; use the value directly");
    table.refuse(
        "QuantizeAndDequantize QuantizeAndDequantizeV3 QuantizeAndDequantizeV4",
        any -> true,
        "is a step function, and TensorFlow's gradient of it is that of the identity; train without"
            + " it");
    table.settle(
        "PartitionedCall StatefulPartitionedCall",
        any -> true,
        "calls a function, and TensorFlow's gradients in functions were not measured here; import the graph by TrainableModel.extract, which replaces calls by operations");
  }

  private static boolean dependsOn(Passage passage, int... inputs) {
    for (int input : inputs) {
      if (passage.inputs().contains(input)) {
        return true;
      }
    }
    return false;
  }

  private static long channels(Passage passage) {
    Shape images = passage.shape(0);
    Shape filter = passage.shape(1);
    return isKnown(images, filter)
        ? images.get(passage.text("data_format").equals("NHWC") ? 3 : 1)
        : -1;
  }

  private static boolean isKnown(Shape... shapes) {
    for (Shape shape : shapes) {
      if (shape.isUnknown() || shape.hasUnknownDimension()) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameShape(Passage passage) {
    return isKnown(passage.shape(0), passage.shape(1)) && passage.shape(0).equals(passage.shape(1));
  }

  private static final class Builder {
    private final Map<String, List<Rule>> rules = new HashMap<>();

    /** Refuses operations always. */
    void refuse(String operations, Predicate<Passage> applies, String message) {
      add(operations, new Rule(applies, message, false));
    }

    /** Refuses operations unless the slope of the loss was measured and is right. */
    void settle(String operations, Predicate<Passage> applies, String message) {
      add(operations, new Rule(applies, message + "; " + GradientTable.VERIFY, true));
    }

    private void add(String operations, Rule rule) {
      for (String operation : GradientTable.names(operations)) {
        rules.computeIfAbsent(operation, o -> new ArrayList<>()).add(rule);
      }
    }
  }
}
