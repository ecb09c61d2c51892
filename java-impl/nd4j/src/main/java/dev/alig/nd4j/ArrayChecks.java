package dev.alig.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What this package asks of an array, with messages that name it. */
final class ArrayChecks {
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  private ArrayChecks() {}

  static void requireOpen(String name, INDArray array) {
    if (array.wasClosed()) {
      throw new IllegalArgumentException(name + " was closed; keep arrays open while in use");
    }
  }

  static void requireSupported(String name, INDArray array) {
    switch (array.dataType()) {
      case HALF, BFLOAT16, FLOAT, DOUBLE -> {}
      default ->
          throw new IllegalArgumentException(
              name
                  + " must be HALF, BFLOAT16, FLOAT or DOUBLE, was "
                  + array.dataType()
                  + "; cast it to one of them");
    }
    if (array.length() > LONGEST) {
      throw new IllegalArgumentException(
          name + " must have at most " + LONGEST + " elements, had " + array.length());
    }
  }

  static void requireType(String name, INDArray array, DataType type) {
    if (array.dataType() != type) {
      throw new IllegalArgumentException(
          name + " must be " + type + ", was " + array.dataType() + "; cast it with castTo");
    }
  }

  static void requireShape(String name, INDArray array, long[] shape, boolean empty) {
    if (!Arrays.equals(array.shape(), shape) || array.isEmpty() != empty) {
      throw new IllegalArgumentException(
          name
              + " must have its parameter's shape "
              + Arrays.toString(shape)
              + ", had "
              + Arrays.toString(array.shape())
              + (array.isEmpty() ? ", empty" : ""));
    }
  }

  static int length(INDArray array) {
    return array.isEmpty() ? 0 : Math.toIntExact(array.length());
  }

  /** Whether the elements lie in memory without gaps in logical ('c') order. */
  static boolean isDense(INDArray array) {
    long expected = 1;
    for (int d = array.rank() - 1; d >= 0; d--) {
      if (array.size(d) != 1 && array.stride(d) != expected) {
        return false;
      }
      expected *= array.size(d);
    }
    return true;
  }
}
