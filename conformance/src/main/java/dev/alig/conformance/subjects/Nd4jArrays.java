package dev.alig.conformance.subjects;

import dev.alig.conformance.DType;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Tensor;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Makes ND4J arrays of a case's tensors: by turns in row order, in column order, and as a view into
 * a larger array, so that a wrong use of strides or offsets shows.
 */
final class Nd4jArrays {
  private final DataType type;
  private int turn;

  Nd4jArrays(Scripted scripted) {
    this.type = scripted.dtype() == DType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    this.turn = Math.floorMod(scripted.id().hashCode(), 3);
  }

  /** The tensor as a new array, in the layout whose turn it is. */
  INDArray of(Tensor tensor) {
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

  /** The same numbers as the middle of an array whose last dimension is longer on both sides. */
  private static INDArray view(INDArray rows, long[] shape) {
    long[] larger = shape.clone();
    int last = shape.length - 1;
    larger[last] += 3;
    INDArray whole = Nd4j.valueArrayOf(larger, Double.NaN, rows.dataType());
    var middle = NDArrayIndex.interval(2, 2 + shape[last]);
    INDArray view = shape.length == 1 ? whole.get(middle) : whole.get(NDArrayIndex.all(), middle);
    return view.assign(rows);
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
