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
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link DataType#FLOAT16} and {@link DataType#BFLOAT16}, widened to {@code float[]}. */
final class HalfStorage extends Storage<float[]> {
  private final DataType type;
  private final HalfBits bits;
  private final Kernel<float[]> kernel;
  private final Kernel<float[]> kernelWithWideSteps;

  HalfStorage(DataType type, HostMemory host) {
    super(host);
    this.type = type;
    this.bits = type == DataType.BFLOAT16 ? HalfBits.BFLOAT16 : HalfBits.BINARY16;
    this.kernel = Kernels.ofHalves(precision());
    this.kernelWithWideSteps = Kernels.ofHalvesWithWideSteps(precision());
  }

  @Override
  DataType type() {
    return type;
  }

  @Override
  Precision precision() {
    return type == DataType.BFLOAT16 ? Precision.BFLOAT16 : Precision.HALF;
  }

  @Override
  Kernel<float[]> kernel(Settings settings) {
    return settings.wideNorm() ? kernelWithWideSteps : kernel;
  }

  @Override
  float[] zeros(int length) {
    return new float[length];
  }

  @Override
  Optional<FusedStep> fusedStep(KernelVariant variant) {
    return Optional.empty();
  }

  @Override
  void write(float[] values, DataOutput out) throws IOException {
    for (float value : values) {
      out.writeShort(bits.fromFloat(value));
    }
  }

  @Override
  void read(DataInput in, float[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = bits.toFloat(in.readShort());
    }
  }

  @Override
  void get(Pointer from, float[] values) {
    short[] halves = new short[values.length];
    new ShortPointer(from).get(halves);
    for (int i = 0; i < halves.length; i++) {
      values[i] = bits.toFloat(halves[i]);
    }
  }

  @Override
  void put(Pointer to, float[] values) {
    short[] halves = new short[values.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = bits.fromFloat(values[i]);
    }
    new ShortPointer(to).put(halves);
  }
}
