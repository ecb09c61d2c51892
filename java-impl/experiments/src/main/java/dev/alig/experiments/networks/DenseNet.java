package dev.alig.experiments.networks;

/**
 * A densely connected network (Huang et al., CVPR 2017, arXiv:1608.06993).
 *
 * <p>The network has three blocks. Each layer of a block adds {@code growth} channels to its input.
 * A transition after the first and the second block reduces the channels and halves the size of the
 * images. The last layer has no bias.
 *
 * @param depth 4 more than a multiple of 6 with a bottleneck, of 3 without
 * @param growth the number of channels that a layer adds
 * @param bottleneck whether a layer starts with a 1x1 convolution to 4 times {@code growth}
 *     channels
 * @param reduction the share of the channels that a transition keeps
 * @param classes the number of classes
 */
public record DenseNet(int depth, int growth, boolean bottleneck, double reduction, int classes)
    implements Network {
  private static final int BLOCKS = 3;
  private static final int LAYERS_OUTSIDE = 4;
  private static final int BOTTLENECK = 4;

  /** Checks the sizes. */
  public DenseNet {
    int step = bottleneck ? 2 * BLOCKS : BLOCKS;
    if (depth < LAYERS_OUTSIDE + step || (depth - LAYERS_OUTSIDE) % step != 0) {
      throw new IllegalArgumentException(
          "depth must be %d and so on in steps of %d, was %d"
              .formatted(LAYERS_OUTSIDE + step, step, depth));
    }
    if (growth < 1) {
      throw new IllegalArgumentException("growth must be >= 1, was " + growth);
    }
    if (!(reduction > 0 && reduction <= 1)) {
      throw new IllegalArgumentException("reduction must be > 0 and <= 1, was " + reduction);
    }
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be >= 2, was " + classes);
    }
  }

  /** DenseNet-BC: with bottlenecks, and transitions that keep half of the channels. */
  public static DenseNet bottlenecks(int depth, int growth, int classes) {
    return new DenseNet(depth, growth, true, 0.5, classes);
  }

  @Override
  public <T> T scores(Layers<T> layers, T images) {
    int perBlock = (depth - LAYERS_OUTSIDE) / BLOCKS / (bottleneck ? 2 : 1);
    int channels = 2 * growth;
    T x = layers.convolution("conv1", images, channels, 3, 1);
    for (int block = 1; block <= BLOCKS; block++) {
      for (int layer = 0; layer < perBlock; layer++) {
        x = layer(layers, "block%d.layer.%d.".formatted(block, layer), x);
      }
      channels += perBlock * growth;
      if (block < BLOCKS) {
        channels = (int) Math.floor(channels * reduction);
        x = transition(layers, "trans%d.".formatted(block), x, channels);
      }
    }
    x = layers.relu(layers.normalization("bn1", x));
    return layers.linear("fc", layers.channelMeans(x), classes, Layers.Bias.NONE);
  }

  private <T> T layer(Layers<T> layers, String name, T input) {
    T x = layers.relu(layers.normalization(name + "bn1", input));
    if (!bottleneck) {
      return layers.concatenation(input, layers.convolution(name + "conv1", x, growth, 3, 1));
    }
    x = layers.convolution(name + "conv1", x, BOTTLENECK * growth, 1, 1);
    x = layers.relu(layers.normalization(name + "bn2", x));
    return layers.concatenation(input, layers.convolution(name + "conv2", x, growth, 3, 1));
  }

  private static <T> T transition(Layers<T> layers, String name, T input, int outputs) {
    T x = layers.relu(layers.normalization(name + "bn1", input));
    return layers.halvedByMean(layers.convolution(name + "conv1", x, outputs, 1, 1));
  }
}
