package dev.alig.conformance.subjects;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Copies tensors between the kit and TensorFlow. */
final class TensorFlowTensors {
  private TensorFlowTensors() {}

  static Class<? extends TNumber> type(DType dtype) {
    return dtype == DType.FLOAT ? TFloat32.class : TFloat64.class;
  }

  static TNumber of(DType dtype, Tensor tensor) {
    Shape shape = Shape.of(tensor.shape().stream().mapToLong(Integer::longValue).toArray());
    double[] values = tensor.toArray();
    if (dtype == DType.DOUBLE) {
      return TFloat64.tensorOf(shape, DataBuffers.of(values));
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return TFloat32.tensorOf(shape, DataBuffers.of(narrow));
  }

  /** A vector without elements. */
  static TNumber empty(Class<? extends TNumber> type) {
    return of(type == TFloat64.class ? DType.DOUBLE : DType.FLOAT, Tensor.vector());
  }

  static TNumber scalar(DType dtype, double value) {
    return dtype == DType.DOUBLE ? TFloat64.scalarOf(value) : TFloat32.scalarOf((float) value);
  }

  static Tensor tensor(List<Integer> shape, org.tensorflow.Tensor found) {
    double[] values = new double[Tensor.size(shape)];
    if (found instanceof TFloat64 wide) {
      wide.asRawTensor().data().asDoubles().read(values);
    } else {
      float[] narrow = new float[values.length];
      found.asRawTensor().data().asFloats().read(narrow);
      for (int i = 0; i < values.length; i++) {
        values[i] = narrow[i];
      }
    }
    return Tensor.of(shape, values);
  }
}
