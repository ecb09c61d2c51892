package dev.alig.conformance.subjects;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LentGradients;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Converts a case's tensors to ND4J arrays: in turn in row order, in column order, and as a view of
 * a larger array. So a wrong use of strides or offsets is noticed.
 */
final class Nd4jArrays implements LentGradients.Memory<INDArray> {
  private final DataType type;
  private final List<Viewed> viewed = new ArrayList<>();
  private int turn;

  Nd4jArrays(StepCase scripted) {
    this.type = scripted.dtype() == DType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    this.turn = Math.floorMod(scripted.id().hashCode(), 3);
  }

  /** A view of the middle of a larger array, whose other elements are NaN. */
  private record Viewed(INDArray whole, INDArray view) {
    boolean isKept() {
      return count(whole) - count(view) == whole.length() - view.length();
    }

    private static long count(INDArray array) {
      return Arrays.stream(array.dup('c').data().asDouble()).filter(Double::isNaN).count();
    }
  }

  /** The tensor as a new array, in the next layout. */
  @Override
  public INDArray of(Tensor tensor) {
    turn = (turn + 1) % 3;
    long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    if (tensor.size() == 0) {
      return Nd4j.create(type, shape);
    }
    if (shape.length == 0) {
      return Nd4j.scalar(type, tensor.get(0));
    }
    INDArray rows = flat(tensor).reshape('c', shape);
    return switch (turn) {
      case 0 -> rows;
      case 1 -> rows.dup('f');
      default -> view(rows, shape);
    };
  }

  private INDArray flat(Tensor tensor) {
    double[] values = tensor.toArray();
    if (type == DataType.DOUBLE) {
      return Nd4j.createFromArray(values);
    }
    float[] floats = new float[values.length];
    for (int e = 0; e < floats.length; e++) {
      floats[e] = (float) values[e];
    }
    return Nd4j.createFromArray(floats);
  }

  /** The same numbers as a view of the middle of an array with a longer last dimension. */
  private INDArray view(INDArray rows, long[] shape) {
    long[] larger = shape.clone();
    int last = shape.length - 1;
    larger[last] += 3;
    INDArray whole = Nd4j.valueArrayOf(larger, Double.NaN, rows.dataType());
    INDArrayIndex[] middle = new INDArrayIndex[shape.length];
    Arrays.fill(middle, NDArrayIndex.all());
    middle[last] = NDArrayIndex.interval(2, 2 + shape[last]);
    INDArray view = whole.get(middle);
    viewed.add(new Viewed(whole, view));
    return view.assign(rows);
  }

  /** The larger arrays of the views. */
  List<INDArray> wholes() {
    return viewed.stream().map(Viewed::whole).toList();
  }

  /** Whether the elements around all views are unchanged. */
  boolean areSurroundingsKept() {
    return viewed.stream().allMatch(Viewed::isKept);
  }

  @Override
  public void write(Tensor tensor, INDArray array) {
    if (tensor.size() == 0) {
      return;
    }
    long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    array.assign(
        shape.length == 0 ? Nd4j.scalar(type, tensor.get(0)) : flat(tensor).reshape('c', shape));
  }

  @Override
  public Tensor read(List<Integer> shape, INDArray array) {
    return tensor(shape, array);
  }

  /** The numbers of an array in row order. */
  static Tensor tensor(List<Integer> shape, INDArray array) {
    if (array.isEmpty()) {
      return Tensor.zeros(shape);
    }
    boolean inOrder = array.ordering() == 'c' && !array.isView();
    return Tensor.of(shape, (inOrder ? array : array.dup('c')).data().asDouble());
  }
}
