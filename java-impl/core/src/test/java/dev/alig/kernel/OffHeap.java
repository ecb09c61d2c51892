package dev.alig.kernel;

import dev.alig.Precision;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Elements in off-heap memory between guards, reached through {@code double[]}.
 *
 * <p>The first element lies at any multiple of its size, as it does in a view.
 */
final class OffHeap {
  private static final int GUARDS = 64;
  private static final double GUARD = 3.25;

  private final ByteBuffer buffer;
  private final boolean wide;
  private final int start;
  private final int length;
  private final double guard;

  OffHeap(Precision precision, double[] values, int shift) {
    this(precision, values, shift, GUARD);
  }

  OffHeap(Precision precision, double[] values, int shift, double guard) {
    this.guard = guard;
    wide = precision == Precision.DOUBLE;
    start = GUARDS + shift;
    length = values.length;
    buffer = ByteBuffer.allocateDirect((start + length + GUARDS) * bytes());
    buffer.order(ByteOrder.nativeOrder());
    for (int i = 0; i < start + length + GUARDS; i++) {
      put(i, i >= start && i < start + length ? values[i - start] : guard);
    }
  }

  int bytes() {
    return wide ? Double.BYTES : Float.BYTES;
  }

  int length() {
    return length;
  }

  /** Where the first element lies; use this object afterwards, or it may be gone. */
  long address() {
    return addressOf(buffer) + (long) start * bytes();
  }

  double[] values() {
    double[] values = new double[length];
    Arrays.setAll(values, i -> get(start + i));
    return values;
  }

  boolean hasIntactGuards() {
    for (int i = 0; i < start + length + GUARDS; i++) {
      if ((i < start || i >= start + length) && Double.compare(get(i), guard) != 0) {
        return false;
      }
    }
    return true;
  }

  private void put(int index, double value) {
    if (wide) {
      buffer.putDouble(index * Double.BYTES, value);
    } else {
      buffer.putFloat(index * Float.BYTES, (float) value);
    }
  }

  private double get(int index) {
    return wide ? buffer.getDouble(index * Double.BYTES) : buffer.getFloat(index * Float.BYTES);
  }

  private static long addressOf(ByteBuffer buffer) {
    try {
      return Runtime.version().feature() < 22 ? unsafely(buffer) : asSegment(buffer);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no address of a direct buffer", e);
    }
  }

  /** MemorySegment.ofBuffer(buffer).address(). */
  private static long asSegment(ByteBuffer buffer) throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.lang.foreign.MemorySegment");
    Object segment = type.getMethod("ofBuffer", Buffer.class).invoke(null, buffer);
    return (long) type.getMethod("address").invoke(segment);
  }

  private static long unsafely(ByteBuffer buffer) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Object unsafe = field.get(null);
    Field address = Buffer.class.getDeclaredField("address");
    long at = (long) type.getMethod("objectFieldOffset", Field.class).invoke(unsafe, address);
    return (long) type.getMethod("getLong", Object.class, long.class).invoke(unsafe, buffer, at);
  }
}
