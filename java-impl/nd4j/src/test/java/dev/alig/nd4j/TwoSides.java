package dev.alig.nd4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.concurrency.BasicAffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A back end of which each buffer has a host's and a device's side, on a machine without a device.
 *
 * <p>What lies on the device alone is NaN in the host's memory, until the back end is asked to
 * bring it there; what was written to the host's memory is lost, unless the back end is told.
 */
final class TwoSides extends BasicAffinityManager {
  private final Map<Long, Buffer> buffers = new HashMap<>();

  /** The arrays that were asked for on the host, in order. */
  final List<INDArray> ensured = new ArrayList<>();

  /** One buffer, and what the device has of it where the host has not. */
  private static final class Buffer {
    final DataBuffer host;
    List<Double> device;
    boolean onHost = true;

    Buffer(DataBuffer host) {
      this.host = host;
      this.device = values();
    }

    List<Double> values() {
      List<Double> all = new ArrayList<>();
      for (long i = 0; i < host.length(); i++) {
        all.add(host.getDouble(i));
      }
      return all;
    }

    void fill(List<Double> values) {
      for (int i = 0; i < values.size(); i++) {
        host.put(i, values.get(i));
      }
    }
  }

  @Override
  public void touch(INDArray array) {
    throw new UnsupportedOperationException("not asked for");
  }

  @Override
  public void touch(DataBuffer buffer) {
    throw new UnsupportedOperationException("not asked for");
  }

  @Override
  public void ensureLocation(INDArray array, Location location) {
    ensured.add(array);
    Buffer buffer = buffer(array);
    if (!buffer.onHost) {
      buffer.fill(buffer.device);
      buffer.onHost = true;
    }
  }

  @Override
  public void tagLocation(INDArray array, Location location) {
    Buffer buffer = buffer(array);
    buffer.device = buffer.values();
    buffer.onHost = true;
  }

  /** Operations on the device have used every buffer: what it has is what holds. */
  void settle() {
    buffers.values().removeIf(buffer -> buffer.host.wasClosed());
    for (Buffer buffer : buffers.values()) {
      buffer.fill(Collections.nCopies(buffer.device.size(), Double.NaN));
      buffer.onHost = false;
    }
  }

  /** An operation on the device gives an array these elements; the host's are out of date. */
  void assign(INDArray array, INDArray values) {
    ensureLocation(array, Location.HOST);
    array.assign(values);
    tagLocation(array, Location.HOST);
    settle();
  }

  /** The elements that operations on the device see. */
  List<Double> seen(INDArray array) {
    settle();
    ensureLocation(array, Location.HOST);
    List<Double> values = Values.of(array);
    settle();
    return values;
  }

  private Buffer buffer(INDArray array) {
    DataBuffer data = array.data();
    DataBuffer whole = data.originalDataBuffer() == null ? data : data.originalDataBuffer();
    return buffers.computeIfAbsent(whole.pointer().address(), address -> new Buffer(whole));
  }
}
