package dev.alig.kernel;

import java.lang.reflect.Array;
import java.util.Objects;

/**
 * A run of elements of a Java array; it shares them, it does not copy.
 *
 * @param <A> {@code float[]} or {@code double[]}
 * @param array the elements and perhaps others
 * @param offset where the run starts
 * @param length how many elements it has
 */
public record Slice<A>(A array, int offset, int length) {
  /**
   * Checks that the run lies in the array.
   *
   * @throws IndexOutOfBoundsException if it does not
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
