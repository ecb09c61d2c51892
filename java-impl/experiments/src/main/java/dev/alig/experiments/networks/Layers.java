package dev.alig.experiments.networks;

/**
 * The layers that a network is made of.
 *
 * <p>A layer with parameters has a name. Its parameters have PyTorch's names: {@code NAME.weight},
 * {@code NAME.bias}, {@code NAME.running_mean} and {@code NAME.running_var}.
 *
 * @param <T> the type that represents the output of a layer
 */
public interface Layers<T> {
  /**
   * A convolution without bias, with a square kernel of an odd size.
   *
   * <p>The input is padded by kernel / 2 zeros on every side, so that only the stride changes the
   * size.
   */
  T convolution(String name, T input, int outputs, int kernel, int stride);

  /**
   * Batch normalization per channel, with scale and shift. eps is 1e-5. The running statistics move
   * a tenth of the way to those of the batch.
   */
  T normalization(String name, T input);

  /** max(0, x). */
  T relu(T input);

  /**
   * Sets numbers to 0 at random while training, and divides the others by 1 - rate.
   *
   * @param rate the probability of 0
   */
  T dropout(T input, double rate);

  /** The sum of two outputs. */
  T sum(T first, T second);

  /** The channels of the first output, followed by those of the second. */
  T concatenation(T first, T second);

  /** Average pooling over squares of 2 by 2 pixels that do not overlap. */
  T halvedByMean(T input);

  /**
   * The maximum of each square of 3 by 3 pixels, at every second row and column.
   *
   * <p>Squares at the edge have fewer pixels: the input is padded by one on every side, and padding
   * is never the maximum.
   */
  T halvedByMaximum(T input);

  /** The mean of each channel over all its pixels. */
  T channelMeans(T input);

  /** The product of a matrix and the channels, plus a bias if there is one. */
  T linear(String name, T input, int outputs, Bias bias);

  /** The bias of a linear layer, by its initial values. */
  enum Bias {
    /** No bias. */
    NONE,
    /** A bias that starts at 0. */
    ZERO,
    /** A bias that starts like the matrix, as PyTorch has it. */
    DRAWN
  }
}
