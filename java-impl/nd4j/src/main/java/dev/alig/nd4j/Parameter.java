package dev.alig.nd4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One array to optimize, and its momentum.
 *
 * <p>The momentum is an array without gaps. It is either ours, outside any workspace, or the
 * caller's. No array means zeros.
 */
final class Parameter {
  private final String name;
  private final INDArray array;
  private final long[] shape;
  private @Nullable INDArray momentum;

  /** ND4J's description of shape and strides, which arrays of the same layout share. */
  private long[] layout = {};

  private char order = 'c';
  private boolean dense;

  Parameter(String name, INDArray array) {
    this.name = name;
    this.array = array;
    this.shape = array.shape().clone();
  }

  String name() {
    return name;
  }

  INDArray array() {
    return array;
  }

  long[] shape() {
    return shape.clone();
  }

  boolean hasShapeOf(INDArray other) {
    return ArrayChecks.isOfShape(other, shape, array.isEmpty());
  }

  int length() {
    return ArrayChecks.length(array);
  }

  /** The order of the elements in memory: 'f' if they have that order only, else 'c'. */
  char order() {
    lookAtLayout();
    return order;
  }

  /** Whether the elements lie in memory without gaps, in {@link #order}. */
  boolean isDense() {
    lookAtLayout();
    return dense;
  }

  /** Whether the elements of an array of this shape lie without gaps in {@link #order}. */
  boolean isDenseLike(INDArray other) {
    lookAtLayout();
    return other.shapeInfoJava() == layout ? dense : ArrayChecks.isDense(other, order);
  }

  /**
   * Strides are read again only if they have changed, because a step may have thousands of them.
   */
  @SuppressWarnings("ReferenceEquality") // the same object; an equal one is as good, but slower
  private void lookAtLayout() {
    long[] now = array.shapeInfoJava();
    if (now != layout) {
      order = !ArrayChecks.isDense(array, 'c') && ArrayChecks.isDense(array, 'f') ? 'f' : 'c';
      dense = array.isEmpty() || ArrayChecks.isDense(array, order);
      layout = now;
    }
  }

  Optional<INDArray> momentum() {
    return Optional.ofNullable(momentum);
  }

  void setMomentum(@Nullable INDArray values) {
    momentum = values;
  }
}
