package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.ResourceGather;
import org.tensorflow.op.core.ResourceGatherNd;
import org.tensorflow.op.core.VariableShape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Where a loss gets the values of variables.
 *
 * <p>TensorFlow computes gradients up to these places. What follows from them is added here: the
 * gradient of a variable is the sum over its reads, and rows that a read gathered are put back to
 * their places, so that the gradient is dense.
 */
final class Reads {
  private final Map<String, List<Output<?>>> reads = new HashMap<>();
  private final Map<String, List<GraphOperation>> others = new HashMap<>();

  /** Finds the reads of resource variables among the operations of a loss. */
  Reads(GradientFlow flow) {
    flow.forEachHandle(
        (taker, giver) -> {
          switch (taker.type()) {
            case ReadVariableOp.OP_NAME, ResourceGatherNd.OP_NAME ->
                add(reads, giver, taker.output(0));
            case ResourceGather.OP_NAME -> {
              if (taker.attributes().getAttrInt("batch_dims") == 0) {
                add(reads, giver, taker.output(0));
              } else {
                add(others, giver, taker);
              }
            }
            case "Identity", VariableShape.OP_NAME -> {}
            default -> add(others, giver, taker);
          }
        });
  }

  private static <V> void add(Map<String, List<V>> lists, GraphOperation variable, V value) {
    lists.computeIfAbsent(variable.name(), name -> new ArrayList<>()).add(value);
  }

  /** The outputs at which the loss gets the variable's value. A reference variable is its value. */
  List<Output<?>> of(Output<?> variable) {
    return Trainable.isResource((GraphOperation) variable.op())
        ? reads.getOrDefault(variable.op().name(), List.of())
        : List.of(variable);
  }

  /** Operations of the loss that take the handle of a resource variable, but are no reads. */
  List<GraphOperation> others(Output<?> variable) {
    return others.getOrDefault(variable.op().name(), List.of());
  }

  /**
   * The gradient of a variable.
   *
   * @param atReads the gradients of all its reads that have one
   * @return empty if none of its reads has a gradient
   */
  static <T extends TType> Optional<Output<T>> sum(
      Ops tf, Trainable<T> variable, Map<Output<?>, Output<?>> atReads) {
    List<Operand<T>> parts = new ArrayList<>();
    atReads.forEach((read, gradient) -> parts.add(dense(tf, variable, read, typed(gradient))));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        parts.size() == 1 ? parts.get(0).asOutput() : tf.math.addN(parts).asOutput());
  }

  private static <T extends TType> Operand<T> dense(
      Ops tf, Trainable<T> variable, Output<?> read, Operand<T> gradient) {
    GraphOperation operation = (GraphOperation) read.op();
    return switch (operation.type()) {
      case ResourceGather.OP_NAME -> {
        Operand<TInt32> rows =
            tf.reshape(
                tf.slice(
                    variable.lengths(tf), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
                tf.constant(new int[0]));
        yield scattered(tf, gradient, indices(operation), rows);
      }
      case ResourceGatherNd.OP_NAME -> scattered(tf, gradient, indices(operation), variable);
      default -> gradient;
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends TType> Operand<T> scattered(
      Ops tf, Operand<T> gradient, Operand<TNumber> indices, Operand<TInt32> rows) {
    return (Operand<T>)
        tf.math.unsortedSegmentSum((Operand<? extends TNumber>) gradient, indices, rows);
  }

  private static <T extends TType> Operand<T> scattered(
      Ops tf, Operand<T> gradient, Operand<TNumber> indices, Trainable<T> variable) {
    Operand<TNumber> lengths = tf.dtypes.cast(variable.lengths(tf), indices.type());
    return tf.scatterNd(indices, gradient, lengths);
  }

  /** The indices of a gathering read are 32- or 64-bit integers. */
  @SuppressWarnings("unchecked")
  private static Operand<TNumber> indices(GraphOperation gather) {
    return (Operand<TNumber>) (Operand<?>) gather.input(1);
  }

  /** TensorFlow gives a gradient the type of the read. */
  @SuppressWarnings("unchecked")
  private static <T extends TType> Operand<T> typed(Output<?> gradient) {
    return (Operand<T>) gradient;
  }
}
