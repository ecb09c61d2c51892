package dev.alig.conformance.subjects;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LentGradients;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Gradients in TensorFlow's memory; {@link #close} frees them. */
final class TensorFlowMemory implements LentGradients.Memory<TNumber>, AutoCloseable {
  private final DType dtype;
  private final List<TNumber> all = new ArrayList<>();

  TensorFlowMemory(DType dtype) {
    this.dtype = dtype;
  }

  @Override
  public TNumber of(Tensor tensor) {
    TNumber made = TensorFlowTensors.of(dtype, tensor);
    all.add(made);
    return made;
  }

  @Override
  public void write(Tensor tensor, TNumber array) {
    double[] values = tensor.toArray();
    if (array instanceof TFloat64) {
      array.asRawTensor().data().asDoubles().write(values);
      return;
    }
    float[] narrow = new float[values.length];
    for (int e = 0; e < narrow.length; e++) {
      narrow[e] = (float) values[e];
    }
    array.asRawTensor().data().asFloats().write(narrow);
  }

  @Override
  public Tensor read(List<Integer> shape, TNumber array) {
    return TensorFlowTensors.tensor(shape, array);
  }

  @Override
  public void close() {
    all.forEach(TNumber::close);
  }
}
