package dev.alig.nd4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One array to optimize, with its momentum.
 *
 * <p>The momentum is a Java array in logical order; none stands for zeros.
 */
final class Parameter<A> {
  private final String name;
  private final INDArray array;
  private final long[] shape;
  private @Nullable A momentum;

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

  int length() {
    return ArrayChecks.length(array);
  }

  Optional<A> momentum() {
    return Optional.ofNullable(momentum);
  }

  void setMomentum(@Nullable A values) {
    momentum = values;
  }
}
