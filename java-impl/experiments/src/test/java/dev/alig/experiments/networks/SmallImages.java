package dev.alig.experiments.networks;

import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.util.Random;

/** A few random images, and small networks for them. */
final class SmallImages {
  static final ImageSize SIZE = new ImageSize(3, 16, 16);
  static final int COUNT = 4;
  static final int[] LABELS = {0, 3, 2, 3};

  private SmallImages() {}

  static float[] pixels() {
    Random random = new Random(5);
    float[] pixels = new float[COUNT * SIZE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return pixels;
  }
}
