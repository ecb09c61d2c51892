package dev.alig.experiments.networks;

import java.util.Arrays;
import java.util.List;

/** Permutes the axes of an array that is stored row by row. */
final class Permutation {
  private Permutation() {}

  /**
   * The same numbers with permuted axes.
   *
   * @param shape the shape of the given numbers
   * @param axes for each new axis, the given axis that it was
   */
  static double[] of(double[] values, List<Integer> shape, int... axes) {
    int[] strides = new int[shape.size()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.get(axis);
    }
    double[] moved = new double[values.length];
    int[] at = new int[axes.length];
    for (int i = 0; i < moved.length; i++) {
      int from = 0;
      for (int axis = 0; axis < axes.length; axis++) {
        from += at[axis] * strides[axes[axis]];
      }
      moved[i] = values[from];
      for (int axis = axes.length - 1; axis >= 0 && ++at[axis] == shape.get(axes[axis]); axis--) {
        at[axis] = 0;
      }
    }
    return moved;
  }

  /** The axes that undo the permutation. */
  static int[] inverse(int... axes) {
    int[] inverse = new int[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      inverse[axes[axis]] = axis;
    }
    return inverse;
  }

  /** The shape after the permutation. */
  static int[] shape(List<Integer> shape, int... axes) {
    return Arrays.stream(axes).map(shape::get).toArray();
  }
}
