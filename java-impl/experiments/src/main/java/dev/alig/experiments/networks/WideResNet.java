package dev.alig.experiments.networks;

/**
 * A wide residual network (Zagoruyko and Komodakis, BMVC 2016, arXiv:1605.07146).
 *
 * <p>The network has three groups of (depth - 4) / 6 blocks with 16, 32 and 64 times {@code width}
 * channels. The second and the third group halve the size of the images. A block normalizes before
 * it convolves.
 *
 * @param depth 4 more than a multiple of 6
 * @param width how many times wider than a plain residual network
 * @param dropout the dropout rate before each block's second convolution; 0 for none
 * @param classes the number of classes
 */
public record WideResNet(int depth, int width, double dropout, int classes) implements Network {
  private static final int CHANNELS = 16;
  private static final int GROUPS = 3;
  private static final int LAYERS_OUTSIDE = 4;

  /** Checks the sizes. */
  public WideResNet {
    if (depth < 10 || (depth - LAYERS_OUTSIDE) % (2 * GROUPS) != 0) {
      throw new IllegalArgumentException(
          "depth must be 10, 16, 22 and so on in steps of 6, was " + depth);
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be >= 1, was " + width);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be >= 0 and < 1, was " + dropout);
    }
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be >= 2, was " + classes);
    }
  }

  @Override
  public <T> T scores(Layers<T> layers, T images) {
    int blocks = (depth - LAYERS_OUTSIDE) / (2 * GROUPS);
    int inputs = CHANNELS;
    T x = layers.convolution("conv1", images, inputs, 3, 1);
    for (int group = 0; group < GROUPS; group++) {
      int outputs = (CHANNELS * width) << group;
      for (int block = 0; block < blocks; block++) {
        String name = "block%d.layer.%d.".formatted(group + 1, block);
        int stride = group > 0 && block == 0 ? 2 : 1;
        x = block(layers, name, x, stride, inputs, outputs);
        inputs = outputs;
      }
    }
    x = layers.relu(layers.normalization("bn1", x));
    return layers.linear("fc", layers.channelMeans(x), classes, Layers.Bias.ZERO);
  }

  /**
   * A block. If it changes the number of channels, its shortcut also takes the normalized input.
   */
  private <T> T block(Layers<T> layers, String name, T input, int stride, int inputs, int outputs) {
    T activated = layers.relu(layers.normalization(name + "bn1", input));
    T x = layers.convolution(name + "conv1", activated, outputs, 3, stride);
    x = layers.relu(layers.normalization(name + "bn2", x));
    if (dropout > 0) {
      x = layers.dropout(x, dropout);
    }
    x = layers.convolution(name + "conv2", x, outputs, 3, 1);
    T shortcut =
        inputs == outputs
            ? input
            : layers.convolution(name + "convShortcut", activated, outputs, 1, stride);
    return layers.sum(shortcut, x);
  }
}
