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
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link DataType#DOUBLE} in {@code double[]}. */
final class DoubleStorage extends Storage<double[]> {
  private final Kernel<double[]> kernel = Kernels.ofDoubles();

  DoubleStorage(HostMemory host) {
    super(host);
  }

  @Override
  DataType type() {
    return DataType.DOUBLE;
  }

  @Override
  Precision precision() {
    return Precision.DOUBLE;
  }

  @Override
  Kernel<double[]> kernel(Settings settings) {
    return kernel;
  }

  @Override
  double[] zeros(int length) {
    return new double[length];
  }

  @Override
  Optional<FusedStep> fusedStep(KernelVariant variant) {
    return variant.stepOnDoubles();
  }

  @Override
  void write(double[] values, DataOutput out) throws IOException {
    for (double value : values) {
      out.writeLong(Double.doubleToRawLongBits(value));
    }
  }

  @Override
  void read(DataInput in, double[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.longBitsToDouble(in.readLong());
    }
  }

  @Override
  void get(Pointer from, double[] values) {
    new DoublePointer(from).get(values);
  }

  @Override
  void put(Pointer to, double[] values) {
    new DoublePointer(to).put(values);
  }
}
