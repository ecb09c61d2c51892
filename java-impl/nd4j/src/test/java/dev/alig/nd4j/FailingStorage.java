package dev.alig.nd4j;

import dev.alig.Precision;
import dev.alig.Settings;
import dev.alig.kernel.FusedStep;
import dev.alig.kernel.Kernel;
import dev.alig.kernel.KernelVariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** FLOAT storage with a planted failure on the array of one element. */
final class FailingStorage extends Storage<float[]> {
  /** Where the failure is planted. */
  enum Point {
    NEVER,
    READ,
    NEW_MOMENTUM,
    PREPARE
  }

  Point failAt = Point.NEVER;
  private final FloatStorage floats = new FloatStorage(HostMemory.ofNd4j());
  private final boolean inPlace;

  FailingStorage(boolean inPlace) {
    super(HostMemory.ofNd4j());
    this.inPlace = inPlace;
  }

  private void pass(Point point, long length) {
    if (point == failAt && length == 1) {
      throw new IllegalStateException("planted at " + point);
    }
  }

  @Override
  float[] read(INDArray array) {
    pass(Point.READ, array.length());
    return super.read(array);
  }

  @Override
  Runnable prepare(INDArray array, float[] values) {
    pass(Point.PREPARE, values.length);
    return super.prepare(array, values);
  }

  @Override
  INDArray zeros(Parameter parameter) {
    pass(Point.NEW_MOMENTUM, parameter.length());
    return super.zeros(parameter);
  }

  @Override
  Optional<FusedStep> fusedStep(KernelVariant variant) {
    return inPlace ? floats.fusedStep(variant) : Optional.empty();
  }

  @Override
  DataType type() {
    return floats.type();
  }

  @Override
  Precision precision() {
    return floats.precision();
  }

  @Override
  Kernel<float[]> kernel(Settings settings) {
    return floats.kernel(settings);
  }

  @Override
  float[] zeros(int length) {
    return floats.zeros(length);
  }

  @Override
  void write(float[] values, DataOutput out) throws IOException {
    floats.write(values, out);
  }

  @Override
  void read(DataInput in, float[] values) throws IOException {
    floats.read(in, values);
  }

  @Override
  void get(Pointer from, float[] values) {
    floats.get(from, values);
  }

  @Override
  void put(Pointer to, float[] values) {
    floats.put(to, values);
  }
}
