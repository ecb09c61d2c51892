package dev.alig.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.exception.ND4JIllegalStateException;

/** Checks of arrays. Their messages name the array. */
final class ArrayChecks {
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  private ArrayChecks() {}

  /**
   * Checks that an array still owns its memory, as ND4J's operations do.
   *
   * @throws IllegalArgumentException if it was closed
   * @throws ND4JIllegalStateException if its workspace was closed, even if it was opened again
   */
  static void requireOpen(String name, INDArray array) {
    if (isOpen(array)) {
      return;
    }
    if (array.wasClosed()) {
      throw new IllegalArgumentException(name + " was closed; keep arrays open while in use");
    }
    MemoryWorkspace workspace = array.data().getParentWorkspace();
    String pointer = workspace.isScopeActive() ? "outdated" : "leaked";
    String what =
        workspace.isScopeActive()
            ? "has since been closed and opened again"
            : "is no longer open, so its memory may belong to another array by now";
    throw new ND4JIllegalStateException(
        "%s uses %s workspace pointer from workspace [%s]: the workspace it was defined in %s; "
                .formatted(name, pointer, workspace.getId(), what)
            + "detach() arrays that outlive their workspace, or use them while it is open");
  }

  /** Whether the array may be used. As in ND4J, arrays of circular workspaces always may. */
  static boolean isOpen(INDArray array) {
    if (array.wasClosed()) {
      return false;
    }
    if (!array.isAttached()) {
      return true;
    }
    DataBuffer data = array.data();
    MemoryWorkspace workspace = data.getParentWorkspace();
    return workspace.getWorkspaceType() == MemoryWorkspace.Type.CIRCULAR
        || (workspace.isScopeActive() && workspace.getGenerationId() == data.getGenerationId());
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
          name
              + " must have at most "
              + LONGEST
              + " elements, had "
              + array.length()
              + "; split it into several parameters");
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

  /** Whether the elements lie in memory without gaps, in the given order, 'c' or 'f'. */
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
