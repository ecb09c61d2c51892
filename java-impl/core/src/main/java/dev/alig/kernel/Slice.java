package dev.alig.kernel;

import java.lang.reflect.Array;
import java.util.Objects;

/**
 * Consecutive elements of a Java array. A slice shares the array's elements and copies nothing.
 *
 * @param <A> {@code float[]} or {@code double[]}
 * @param array the array
 * @param offset the index of the first element
 * @param length the number of elements
 */
public record Slice<A>(A array, int offset, int length) {
  /**
   * Checks that the elements lie in the array.
   *
   * @throws IndexOutOfBoundsException if they do not
   */
  public Slice {
    Objects.checkFromIndexSize(offset, length, Array.getLength(array));
  }

  /** The whole array. */
  public static <A> Slice<A> of(A array) {
    return new Slice<>(array, 0, Array.getLength(array));
  }

  void requireLengthOf(Slice<A> other) {
    if (length != other.length) {
      throw new IllegalArgumentException(
          "slices must have equal lengths, had " + length + " and " + other.length);
    }
  }
}
