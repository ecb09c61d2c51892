package dev.alig.experiments.images;

/**
 * A picture in red, green and blue.
 *
 * @param pixels row after row, with the three colors of each pixel
 */
@SuppressWarnings("ArrayRecordComponent") // many numbers, never compared
record Picture(int width, int height, byte[] pixels) implements ImageSource.Pixels {
  private static final int COLORS = 3;

  @Override
  public int at(int color, int row, int column) {
    return Byte.toUnsignedInt(pixels[(row * width + column) * COLORS + color]);
  }

  /**
   * The square in the middle, after the shorter side was resized to its length.
   *
   * <p>The pixels are those of torchvision's {@code Resize(side)} and {@code CenterCrop(side)} on a
   * picture of Pillow 12. Pillow 13 resizes some sizes in the other order, which changes pixels by
   * 1.
   */
  Picture square(int side) {
    int shorter = Math.min(width, height);
    ResizedSide across = ResizedSide.middle(width, longer(side, width, shorter), side);
    ResizedSide down = ResizedSide.middle(height, longer(side, height, shorter), side);
    byte[] narrow = new byte[height * side * COLORS];
    for (int row = down.first(); row < down.end(); row++) {
      for (int color = 0; color < COLORS; color++) {
        across.resize(
            pixels, row * width * COLORS + color, COLORS, narrow, row * side * COLORS + color);
      }
    }
    byte[] result = new byte[side * side * COLORS];
    int line = side * COLORS;
    for (int at = 0; at < line; at++) {
      down.resize(narrow, at, line, result, at);
    }
    return new Picture(side, side, result);
  }

  /** The new length of a side, if that of the shorter one is {@code side}. */
  private static int longer(int side, int length, int shorter) {
    return length == shorter ? side : (int) ((double) ((long) side * length) / shorter);
  }
}
