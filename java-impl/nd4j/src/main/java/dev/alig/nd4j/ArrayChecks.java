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
    if (!isOfShape(array, shape, empty)) {
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

  static boolean isOfShape(INDArray array, long[] shape, boolean empty) {
    return Arrays.equals(array.shape(), shape) && array.isEmpty() == empty;
  }

  /** Whether the elements lie in memory without gaps in the order 'c' or 'f'. */
  static boolean isDense(INDArray array, char order) {
    int rank = array.rank();
    long expected = 1;
    for (int i = 0; i < rank; i++) {
      int d = order == 'c' ? rank - 1 - i : i;
      if (array.size(d) != 1 && array.stride(d) != expected) {
        return false;
      }
      expected *= array.size(d);
    }
    return true;
  }
}
