package dev.alig.nd4j.samediff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.custom.DivideNoNan;
import org.nd4j.linalg.api.ops.impl.loss.BaseLoss;
import org.nd4j.linalg.api.ops.impl.loss.L2Loss;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss;
import org.nd4j.linalg.api.ops.impl.loss.SparseSoftmaxCrossEntropyLossWithLogits;
import org.nd4j.linalg.api.ops.impl.shape.Cross;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.api.ops.impl.transforms.custom.ATan2;
import org.nd4j.linalg.api.ops.impl.transforms.custom.CumSum;
import org.nd4j.linalg.api.ops.impl.transforms.custom.MatrixInverse;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Max;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Min;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.DivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.FloorModOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.ModOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.RDivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.RealDivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SquaredDifferenceOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.AddBpOp;

/** Right gradients for operations whose gradients are wrong in SameDiff. */
final class CorrectedGradients {
  private static final Map<Class<?>, Rule> RULES = rules();

  private CorrectedGradients() {}

  private interface Rule {
    List<SDVariable> apply(Call call);
  }

  /**
   * One operation to differentiate.
   *
   * @param original the operation in the graph, with all of its settings
   * @param copy the same operation in the copy; SameDiff does not copy all settings
   * @param above the gradient of each output
   */
  private record Call(
      DifferentialFunction original, DifferentialFunction copy, List<@Nullable SDVariable> above) {
    SameDiff sd() {
      return copy.getSameDiff();
    }

    SDVariable x() {
      return copy.arg(0);
    }

    SDVariable y() {
      return copy.arg(1);
    }

    SDVariable out() {
      return copy.outputVariable();
    }

    SDVariable g() {
      return Objects.requireNonNull(above.get(0));
    }

    /** Sums each gradient over the dimensions in which its input was broadcast. */
    List<SDVariable> reduced(SDVariable ofX, SDVariable ofY) {
      return List.of(
          new AddBpOp(sd(), x(), y(), ofX).outputVariables()[0],
          new AddBpOp(sd(), x(), y(), ofY).outputVariables()[1]);
    }

    List<SDVariable> own() {
      return copy.doDiff(above);
    }
  }

  /** Whether this class corrects an operation's gradient. */
  static boolean has(DifferentialFunction function) {
    return corrects(function.getClass());
  }

  static boolean corrects(Class<? extends DifferentialFunction> operation) {
    return BaseLoss.class.isAssignableFrom(operation) || RULES.containsKey(operation);
  }

  static List<SDVariable> gradients(
      DifferentialFunction original, DifferentialFunction copy, List<@Nullable SDVariable> above) {
    Call call = new Call(original, copy, above);
    if (copy instanceof BaseReduceOp reduction) {
      Reductions.countFromTheFront(reduction);
    }
    Rule rule =
        original instanceof BaseLoss ? CorrectedGradients::loss : RULES.get(original.getClass());
    return rule == null ? call.own() : rule.apply(call);
  }

  private static Map<Class<?>, Rule> rules() {
    Map<Class<?>, Rule> rules = new HashMap<>();
    rules.put(DivOp.class, CorrectedGradients::quotient);
    rules.put(RealDivOp.class, CorrectedGradients::quotient);
    rules.put(RDivOp.class, CorrectedGradients::reversedQuotient);
    rules.put(DivideNoNan.class, CorrectedGradients::quotientOrZero);
    rules.put(SquaredDifferenceOp.class, CorrectedGradients::squaredDifference);
    rules.put(ModOp.class, CorrectedGradients::remainder);
    rules.put(FloorModOp.class, CorrectedGradients::remainder);
    rules.put(ATan2.class, CorrectedGradients::angle);
    rules.put(Max.class, c -> choice(c, c.x().gte(c.y())));
    rules.put(Min.class, c -> choice(c, c.x().lte(c.y())));
    rules.put(Cross.class, c -> List.of(cross(c, c.y(), c.g()), cross(c, c.g(), c.x())));
    rules.put(MatrixInverse.class, CorrectedGradients::inverse);
    rules.put(CumSum.class, CorrectedGradients::runningSum);
    rules.put(Variance.class, CorrectedGradients::variance);
    rules.put(Gather.class, c -> GatherGradient.gradients((Gather) c.original, c.copy, c.g()));
    rules.put(L2Loss.class, CorrectedGradients::loss);
    rules.put(SparseSoftmaxCrossEntropyLossWithLogits.class, CorrectedGradients::lossPerExample);
    rules.put(SoftmaxCrossEntropyWithLogitsLoss.class, CorrectedGradients::lossPerExample);
    return rules;
  }

  /** SameDiff's gradient is wrong if a matrix is divided by a scalar variable. */
  private static List<SDVariable> quotient(Call c) {
    return c.reduced(c.g().div(c.y()), c.g().mul(c.x()).div(c.y().mul(c.y())).neg());
  }

  private static List<SDVariable> reversedQuotient(Call c) {
    return c.reduced(c.g().mul(c.y()).div(c.x().mul(c.x())).neg(), c.g().div(c.x()));
  }

  private static List<SDVariable> quotientOrZero(Call c) {
    return c.reduced(orZero(c, c.g()), orZero(c, c.g().mul(c.out())).neg());
  }

  private static SDVariable orZero(Call c, SDVariable numerator) {
    return new DivideNoNan(c.sd(), numerator, c.y()).outputVariable();
  }

  private static List<SDVariable> squaredDifference(Call c) {
    SDVariable slope = c.x().sub(c.y()).mul(2).mul(c.g());
    return c.reduced(slope, slope.neg());
  }

  /** The remainder is x − ky, with an integer k that is constant almost everywhere. */
  private static List<SDVariable> remainder(Call c) {
    SDVariable times = c.x().sub(c.out()).div(c.y());
    return c.reduced(c.g(), c.g().mul(times).neg());
  }

  private static List<SDVariable> angle(Call c) {
    SDVariable squares = c.x().mul(c.x()).add(c.y().mul(c.y()));
    SDVariable per = c.g().div(squares);
    return c.reduced(per.mul(c.y()), per.mul(c.x()).neg());
  }

  /** Of two equal elements only the first gets the gradient. */
  private static List<SDVariable> choice(Call c, SDVariable first) {
    SDVariable ofFirst = c.g().mul(first.castTo(c.g().dataType()));
    return c.reduced(ofFirst, c.g().sub(ofFirst));
  }

  private static SDVariable cross(Call c, SDVariable a, SDVariable b) {
    return c.sd().math().cross(a, b);
  }

  private static List<SDVariable> inverse(Call c) {
    SDVariable left = c.sd().mmul(c.out(), c.g(), true, false, false);
    return List.of(c.sd().mmul(left, c.out(), false, true, false).neg());
  }

  /** The running sum of the gradients in the opposite direction. */
  private static List<SDVariable> runningSum(Call c) {
    long[] arguments = ((DynamicCustomOp) c.original).iArgs();
    int[] axes = new int[arguments.length - 2];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = (int) arguments[i + 2];
    }
    boolean reversed = arguments[1] != 0;
    return List.of(c.sd().cumsum(c.g(), arguments[0] != 0, !reversed, axes));
  }

  /** SameDiff does not copy the setting for bias correction. */
  private static List<SDVariable> variance(Call c) {
    ((Variance) c.copy).setBiasCorrected(((Variance) c.original).isBiasCorrected());
    return c.own();
  }

  /** SameDiff's gradient of a loss ignores the gradient of the operations after it. */
  private static List<SDVariable> loss(Call c) {
    return c.own().stream().map(gradient -> gradient.mul(c.g())).toList();
  }

  /** For an operation that gives one loss per row. */
  private static List<SDVariable> lossPerExample(Call c) {
    SDVariable perRow = c.sd().expandDims(c.g(), -1);
    return c.own().stream()
        .map(gradient -> gradient.dataType().isFPType() ? gradient.mul(perRow) : gradient)
        .toList();
  }
}
