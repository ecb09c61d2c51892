package dev.alig.nd4j;

import dev.alig.Precision;
import dev.alig.Settings;
import dev.alig.kernel.FusedStep;
import dev.alig.kernel.Kernel;
import dev.alig.kernel.KernelVariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies elements of one type between ND4J's memory and Java arrays, in logical ('c') order.
 *
 * <p>An array that lies in memory in that order is copied directly. Any other array is first copied
 * to an ND4J array in that order.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
abstract class Storage<A> {
  private final HostMemory host;

  Storage(HostMemory host) {
    this.host = host;
  }

  /** The storage for a data type that {@link ArrayChecks#requireSupported} accepts. */
  static Storage<?> of(DataType type) {
    HostMemory host = HostMemory.ofNd4j();
    return switch (type) {
      case DOUBLE -> new DoubleStorage(host);
      case FLOAT -> new FloatStorage(host);
      default -> new HalfStorage(type, host);
    };
  }

  HostMemory host() {
    return host;
  }

  abstract DataType type();

  abstract Precision precision();

  /** The arithmetic that the settings require. */
  abstract Kernel<A> kernel(Settings settings);

  /** A step on ND4J's own memory; empty if data must be copied. */
  abstract Optional<FusedStep> fusedStep(KernelVariant kernel);

  /** A Java array of zeros. */
  abstract A zeros(int length);

  /** Writes elements bit for bit, big-endian. */
  abstract void write(A values, DataOutput out) throws IOException;

  /** Reads as many elements as the array holds. */
  abstract void read(DataInput in, A values) throws IOException;

  abstract void get(Pointer from, A values);

  abstract void put(Pointer to, A values);

  /** The elements of an array. */
  A read(INDArray array) {
    A values = zeros(ArrayChecks.length(array));
    if (array.isEmpty()) {
      return values;
    }
    if (ArrayChecks.isDense(array, 'c')) {
      get(host.of(array), values);
      return values;
    }
    try (INDArray dense = newArray(array.shape())) {
      dense.assign(array);
      get(host.of(dense), values);
    }
    return values;
  }

  /** A new array with the given elements, outside any workspace. */
  INDArray newArray(A values, long[] shape) {
    if (Array.getLength(values) == 0) {
      return shape.length == 0 ? Nd4j.empty(type()) : Nd4j.create(type(), shape);
    }
    INDArray array = newArray(shape);
    store(array, values);
    return array;
  }

  /**
   * Prepares to store elements into an array.
   *
   * @return stores them; it does not fail, because all that can fail has been done before
   */
  Runnable prepare(INDArray array, A values) {
    if (array.isEmpty()) {
      return () -> {};
    }
    if (ArrayChecks.isDense(array, 'c')) {
      // This allocates the host's memory if there is none yet.
      host.of(array);
      return () -> store(array, values);
    }
    INDArray dense = newArray(values, array.shape());
    return () -> {
      array.assign(dense);
      dense.close();
    };
  }

  /** Zeros for a parameter's momentum, outside any workspace, in the parameter's order. */
  INDArray zeros(Parameter parameter) {
    if (parameter.array().isEmpty()) {
      return newArray(zeros(0), parameter.shape());
    }
    return Nd4j.createUninitializedDetached(type(), parameter.order(), parameter.shape()).assign(0);
  }

  /** A copy outside any workspace. */
  INDArray copy(INDArray array, char order) {
    if (array.isEmpty()) {
      return newArray(zeros(0), array.shape());
    }
    return Nd4j.createUninitializedDetached(type(), order, array.shape()).assign(array);
  }

  /**
   * Gets the host's address again, because another store may have moved the buffer to the device.
   */
  private void store(INDArray array, A values) {
    put(host.of(array), values);
    host.written(array);
  }

  private INDArray newArray(long[] shape) {
    return Nd4j.createUninitializedDetached(type(), 'c', shape);
  }
}
