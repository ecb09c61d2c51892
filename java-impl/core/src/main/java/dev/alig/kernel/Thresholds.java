package dev.alig.kernel;

import dev.alig.Precision;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sizes at which a kernel takes another code path: one loop ends and another one starts, an
 * array grows, or several threads share the step. Tests cover both sides of each threshold.
 *
 * <p>They are the same on every machine, so that tests are too. Only the width of vectors depends
 * on the processor, and it is a power of two.
 *
 * @param lengths lengths of a tensor; another code path starts at their multiples
 * @param blocks numbers of blocks of a step; with more, arrays grow or a thread takes another piece
 * @param tensors numbers of tensors of a step; with more, arrays grow
 * @param sharedFrom least numbers of elements for which several threads share a step
 */
public record Thresholds(
    List<Integer> lengths, List<Integer> blocks, List<Integer> tensors, List<Integer> sharedFrom) {
  /** Copies the lists. */
  public Thresholds {
    lengths = List.copyOf(lengths);
    blocks = List.copyOf(blocks);
    tensors = List.copyOf(tensors);
    sharedFrom = List.copyOf(sharedFrom);
  }

  /**
   * The thresholds of steps on elements of this precision.
   *
   * @throws IllegalArgumentException for a half precision, whose elements are always copied
   */
  public static Thresholds of(Precision precision) {
    int bytes =
        switch (precision) {
          case FLOAT -> Float.BYTES;
          case DOUBLE -> Double.BYTES;
          default ->
              throw new IllegalArgumentException(
                  precision
                      + " has no thresholds: its elements are always copied; use FLOAT or DOUBLE");
        };
    return new Thresholds(
        IntStream.iterate(2, length -> length <= MemoryKernel.BLOCK, length -> 2 * length)
            .boxed()
            .toList(),
        List.of(Tensors.FEW - 1, FusedStep.PIECE),
        List.of(Tensors.FEW - 1),
        List.of(Math.toIntExact(new PortableKernels().parallelFrom(bytes))));
  }
}
