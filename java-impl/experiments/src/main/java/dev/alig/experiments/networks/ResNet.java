package dev.alig.experiments.networks;

/**
 * A residual network of basic blocks (He et al., CVPR 2016, arXiv:1512.03385), as for ImageNet.
 *
 * <p>A convolution of 7x7 and a maximum pooling reduce the images to a quarter of their size. Four
 * groups of (depth - 2) / 8 blocks follow, with 1, 2, 4 and 8 times {@code width} channels. Each
 * group but the first halves the size of the images. ResNet-18 has the width 64.
 *
 * @param depth 2 more than a multiple of 8
 * @param width the number of channels of the first group
 * @param classes the number of classes
 */
public record ResNet(int depth, int width, int classes) implements Network {
  private static final int GROUPS = 4;
  private static final int LAYERS_OUTSIDE = 2;

  /** Checks the sizes. */
  public ResNet {
    if (depth < 10 || (depth - LAYERS_OUTSIDE) % (2 * GROUPS) != 0) {
      throw new IllegalArgumentException(
          "depth must be 10, 18, 26 and so on in steps of 8, was " + depth);
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be >= 1, was " + width);
    }
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be >= 2, was " + classes);
    }
  }

  @Override
  public <T> T scores(Layers<T> layers, T images) {
    int blocks = (depth - LAYERS_OUTSIDE) / (2 * GROUPS);
    int inputs = width;
    T x = layers.convolution("conv1", images, inputs, 7, 2);
    x = layers.halvedByMaximum(layers.relu(layers.normalization("bn1", x)));
    for (int group = 0; group < GROUPS; group++) {
      int outputs = width << group;
      for (int block = 0; block < blocks; block++) {
        String name = "layer%d.%d.".formatted(group + 1, block);
        int stride = group > 0 && block == 0 ? 2 : 1;
        x = block(layers, name, x, stride, inputs, outputs);
        inputs = outputs;
      }
    }
    return layers.linear("fc", layers.channelMeans(x), classes, Layers.Bias.DRAWN);
  }

  /**
   * A block. If it changes the number of channels, its shortcut is a normalized convolution of 1x1.
   */
  private static <T> T block(
      Layers<T> layers, String name, T input, int stride, int inputs, int outputs) {
    T x = layers.convolution(name + "conv1", input, outputs, 3, stride);
    x = layers.relu(layers.normalization(name + "bn1", x));
    x = layers.convolution(name + "conv2", x, outputs, 3, 1);
    x = layers.normalization(name + "bn2", x);
    T shortcut = input;
    if (inputs != outputs) {
      shortcut = layers.convolution(name + "downsample.0", input, outputs, 1, stride);
      shortcut = layers.normalization(name + "downsample.1", shortcut);
    }
    return layers.relu(layers.sum(shortcut, x));
  }
}
