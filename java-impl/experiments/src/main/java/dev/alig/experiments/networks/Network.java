package dev.alig.experiments.networks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network that gives each image one score per class. */
public sealed interface Network permits WideResNet, DenseNet, ResNet {
  /** The number of scores. */
  int classes();

  /** The scores of images, built from the layers of a framework. */
  <T> T scores(Layers<T> layers, T images);

  /**
   * The network with a name from the paper.
   *
   * @param name {@code WRN-depth-width}, {@code DN-depth-growth} or {@code ResNet-depth-width}
   * @param dropout the dropout rate, for a wide residual network
   * @throws IllegalArgumentException if the name has another form, or there is no such network
   */
  static Network of(String name, double dropout, int classes) {
    Matcher matcher = Pattern.compile("(WRN|DN|ResNet)-(\\d{1,4})-(\\d{1,4})").matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "network must be WRN-depth-width, DN-depth-growth or ResNet-depth-width, such as"
              + " WRN-40-4, was "
              + name);
    }
    int depth = Integer.parseInt(matcher.group(2));
    int size = Integer.parseInt(matcher.group(3));
    if (matcher.group(1).equals("WRN")) {
      return new WideResNet(depth, size, dropout, classes);
    }
    if (dropout != 0) {
      throw new IllegalArgumentException("dropout must be 0 for " + name + ", was " + dropout);
    }
    return matcher.group(1).equals("DN")
        ? DenseNet.bottlenecks(depth, size, classes)
        : new ResNet(depth, size, classes);
  }
}
