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
    return !ArrayChecks.isDense(array, 'c') && ArrayChecks.isDense(array, 'f') ? 'f' : 'c';
  }

  /** Whether the elements lie in memory without gaps, in {@link #order}. */
  boolean isDense() {
    return array.isEmpty() || ArrayChecks.isDense(array, order());
  }

  Optional<INDArray> momentum() {
    return Optional.ofNullable(momentum);
  }

  void setMomentum(@Nullable INDArray values) {
    momentum = values;
  }
}
