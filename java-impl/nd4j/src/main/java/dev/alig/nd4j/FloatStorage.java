package dev.alig.nd4j;

import dev.alig.Precision;
import dev.alig.Settings;
import dev.alig.kernel.FusedStep;
import dev.alig.kernel.Kernel;
import dev.alig.kernel.KernelVariant;
import dev.alig.kernel.Kernels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link DataType#FLOAT} in {@code float[]}. */
final class FloatStorage extends Storage<float[]> {
  private final Kernel<float[]> kernel = Kernels.ofFloats();

  FloatStorage(HostMemory host) {
    super(host);
  }

  @Override
  DataType type() {
    return DataType.FLOAT;
  }

  @Override
  Precision precision() {
    return Precision.FLOAT;
  }

  @Override
  Kernel<float[]> kernel(Settings settings) {
    return kernel;
  }

  @Override
  float[] zeros(int length) {
    return new float[length];
  }

  @Override
  Optional<FusedStep> fusedStep(KernelVariant variant) {
    return variant.stepOnFloats();
  }

  @Override
  void write(float[] values, DataOutput out) throws IOException {
    for (float value : values) {
      out.writeInt(Float.floatToRawIntBits(value));
    }
  }

  @Override
  void read(DataInput in, float[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(in.readInt());
    }
  }

  @Override
  void get(Pointer from, float[] values) {
    new FloatPointer(from).get(values);
  }

  @Override
  void put(Pointer to, float[] values) {
    new FloatPointer(to).put(values);
  }
}
