package dev.alig.nd4j.samediff;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.impl.reduce3.BaseReduce3Op;

/**
 * Checks and corrects negative dimensions of reductions.
 *
 * <p>With a negative dimension, ND4J's result is wrong if dimensions are kept and the rank is more
 * than 2, and SameDiff's gradients of distances are wrong.
 */
final class Reductions {
  private Reductions() {}

  private static boolean countsFromTheEnd(BaseReduceOp reduction) {
    int[] dimensions = reduction.getDimensions();
    return dimensions != null && Arrays.stream(dimensions).anyMatch(d -> d < 0);
  }

  /** Why the dimensions are refused; empty if they are not. */
  static Optional<String> refusal(BaseReduceOp reduction) {
    boolean harmless =
        reduction instanceof BaseReduce3Op
            ? knowsRank(reduction)
            : !reduction.isKeepDims() || (knowsRank(reduction) && rank(reduction) <= 2);
    return countsFromTheEnd(reduction) && !harmless
        ? Optional.of(
            "it has a negative dimension; count from the front, for example 2 for -1 of three")
        : Optional.empty();
  }

  private static boolean knowsRank(BaseReduceOp reduction) {
    return reduction.arg().getShape() != null;
  }

  private static int rank(BaseReduceOp reduction) {
    return reduction.arg().getShape().length;
  }

  /**
   * Makes a distance's negative dimensions positive, for example −1 of three dimensions becomes 2.
   */
  static void countFromTheFront(BaseReduceOp reduction) {
    if (countsFromTheEnd(reduction) && reduction instanceof BaseReduce3Op && knowsRank(reduction)) {
      int rank = rank(reduction);
      reduction.setDimensions(
          Arrays.stream(reduction.getDimensions()).map(d -> d < 0 ? d + rank : d).toArray());
    }
  }
}
