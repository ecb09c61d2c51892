package dev.alig.nd4j.samediff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.LocalResponseNormalization;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Upsampling2d;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.GRU;
import org.nd4j.linalg.api.ops.impl.loss.BaseLoss;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.reduce.floating.LogEntropy;
import org.nd4j.linalg.api.ops.impl.scalar.Relu6;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterDiv;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterMul;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.api.ops.impl.shape.MeshGrid;
import org.nd4j.linalg.api.ops.impl.shape.Repeat;
import org.nd4j.linalg.api.ops.impl.transforms.Pad;
import org.nd4j.linalg.api.ops.impl.transforms.clip.ClipByNorm;
import org.nd4j.linalg.api.ops.impl.transforms.comparison.CompareAndReplace;
import org.nd4j.linalg.api.ops.impl.transforms.custom.CReLU;
import org.nd4j.linalg.api.ops.impl.transforms.custom.CumProd;
import org.nd4j.linalg.api.ops.impl.transforms.custom.DynamicStitch;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.HardTanhDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SoftSignDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.PreciseGELU;

/**
 * The operations of SameDiff that are refused because their gradient is wrong: why, and what to use
 * instead.
 */
final class Refusals {
  private static final Map<Class<?>, Refusal> REFUSALS = refusals();

  private Refusals() {}

  private interface Refusal {
    /** Why an operation is refused, and what to use instead; empty if it is not. */
    Optional<String> of(SameDiff graph, SameDiffOp op, Predicate<String> moving);
  }

  /** Why an operation is refused, and what to use instead; empty if it is not. */
  static Optional<String> of(SameDiff graph, SameDiffOp op, Predicate<String> moving) {
    DifferentialFunction function = op.getOp();
    if (isOfControlFlow(function.getClass())) {
      return Optional.of(
          "it belongs to a loop or a condition; unroll the loop, or multiply by 0 and 1");
    }
    if (function instanceof BaseReduceOp reduction) {
      Optional<String> refused = Reductions.refusal(reduction);
      if (refused.isPresent()) {
        return refused;
      }
    }
    if (function instanceof BaseLoss loss) {
      return ofLoss(op, loss, moving);
    }
    Refusal refusal = REFUSALS.get(function.getClass());
    return refusal == null ? Optional.empty() : refusal.of(graph, op, moving);
  }

  /** Whether an operation is refused, always or for some arguments. */
  static boolean refuses(Class<?> operation) {
    return REFUSALS.containsKey(operation) || isOfControlFlow(operation);
  }

  private static boolean isOfControlFlow(Class<?> operation) {
    return operation.getPackageName().endsWith(".controlflow.compat");
  }

  @SuppressWarnings("deprecation")
  private static Map<Class<?>, Refusal> refusals() {
    Map<Class<?>, Refusal> refusals = new HashMap<>();
    always(
        refusals,
        org.nd4j.linalg.api.ops.impl.transforms.custom.Assign.class,
        "it overwrites its first input; use the second input directly");
    always(
        refusals,
        org.nd4j.linalg.api.ops.impl.transforms.any.Assign.class,
        "it is always 0; use identity");
    always(refusals, PreciseGELU.class, "it is off by 2e-5; use gelu");
    always(
        refusals,
        HardTanhDerivative.class,
        "it is the gradient of hardTanh; do not use it in the loss");
    always(
        refusals,
        SoftSignDerivative.class,
        "it is the gradient of another function; do not use it in the loss");
    always(refusals, CumProd.class, "it lacks terms; for positive x use exp(cumsum(log(x)))");
    always(refusals, Repeat.class, "it crashes the JVM; use tile or gather");
    always(refusals, MeshGrid.class, "its gradients are in the wrong order; use tile");
    always(refusals, DynamicStitch.class, "it reads the wrong elements; use concat and gather");
    always(
        refusals,
        CompareAndReplace.class,
        "it uses the wrong mask; use a.mul(mask).add(b.mul(mask.rsub(1)))");
    always(refusals, LocalResponseNormalization.class, "it ignores the neighbours; use batchNorm");
    always(refusals, ClipByNorm.class, "it ignores the norm; multiply by min(1, c / norm2(x))");
    always(
        refusals, GRU.class, "it is wrong for the weights; build the cell from mmul and sigmoid");
    refusals.put(Relu6.class, (graph, op, moving) -> ofRelu6(op));
    always(refusals, LogEntropy.class, "it ignores the dimensions; use log(entropy(x))");
    refusals.put(Mmul.class, (graph, op, moving) -> ofProduct(graph, op));
    refusals.put(CReLU.class, (graph, op, moving) -> ofCReLU(graph, op));
    refusals.put(Pad.class, (graph, op, moving) -> ofPad(op));
    refusals.put(Upsampling2d.class, (graph, op, moving) -> ofUpsampling(op));
    refusals.put(ScatterMul.class, (graph, op, moving) -> ofScatter(graph, op));
    refusals.put(ScatterDiv.class, (graph, op, moving) -> ofScatter(graph, op));
    refusals.put(Gather.class, (graph, op, moving) -> ofGather(op));
    return refusals;
  }

  private static void always(Map<Class<?>, Refusal> refusals, Class<?> operation, String why) {
    refusals.put(operation, (graph, op, moving) -> Optional.of(why));
  }

  private static Optional<String> when(boolean wrong, String why) {
    return wrong ? Optional.of(why) : Optional.empty();
  }

  /** The gradient from above is per element, but one weight can belong to several elements. */
  private static Optional<String> ofLoss(SameDiffOp op, BaseLoss loss, Predicate<String> moving) {
    return when(
        loss.getLossReduce() == LossReduce.NONE && moving.test(op.getInputsToOp().get(1)),
        "its weights depend on a trained variable; multiply the loss without weights by them");
  }

  private static Optional<String> ofProduct(SameDiff graph, SameDiffOp op) {
    return when(
        op.getInputsToOp().stream().anyMatch(input -> hasRank(graph, input, 1)),
        "it can crash the JVM if an input is a vector; use a matrix of one row or column");
  }

  private static Optional<String> ofCReLU(SameDiff graph, SameDiffOp op) {
    return when(
        hasRank(graph, op.getInputsToOp().get(0), 0),
        "it crashes the JVM if the input is a scalar; use a vector of one element");
  }

  private static boolean hasRank(SameDiff graph, String variable, int rank) {
    long[] shape = graph.getVariable(variable).getShape();
    return shape != null && shape.length == rank;
  }

  private static Optional<String> ofRelu6(SameDiffOp op) {
    double cutoff = ((ScalarOp) op.getOp()).scalar().getDouble(0);
    return when(cutoff != 0, "it ignores the cutoff %s; use 0".formatted(cutoff));
  }

  private static Optional<String> ofPad(SameDiffOp op) {
    return when(
        ((DynamicCustomOp) op.getOp()).iArgs()[0] != 0,
        "it ignores the mirrored elements; use PadMode.CONSTANT, or concat with reverse");
  }

  private static Optional<String> ofUpsampling(SameDiffOp op) {
    return when(
        !((Upsampling2d) op.getOp()).isNchw(), "it is wrong for channels last; use channels first");
  }

  private static Optional<String> ofScatter(SameDiff graph, SameDiffOp op) {
    SDVariable indices = graph.getVariable(op.getInputsToOp().get(1));
    boolean distinct =
        indices.getVariableType() == VariableType.CONSTANT && isDistinct(indices.getArr());
    return when(
        !distinct,
        "it is right only if no index repeats; use constant indices without repetitions");
  }

  private static boolean isDistinct(INDArray indices) {
    Set<Long> seen = new HashSet<>();
    for (long i = 0; i < indices.length(); i++) {
      if (!seen.add(indices.getLong(i))) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> ofGather(SameDiffOp op) {
    long axis = ((DynamicCustomOp) op.getOp()).iArgs()[0];
    return when(axis < 0, "it has a negative dimension; count from the front");
  }
}
