package dev.alig.experiments.images;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.alig.experiments.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads a picture of 8 bits per color as Pillow's {@code convert("RGB")} gives it.
 *
 * <p>The content decides the format, not the name. Color profiles and opacity are ignored, and grey
 * becomes three equal colors.
 */
final class PictureFile {
  private static final int COLORS = 3;
  private static final int PRINTED = 4;

  private PictureFile() {}

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read, or if it ends too early; the message names it
   */
  static Picture read(Path file) throws InputException {
    try (ImageInputStream in = new ByteArrayImageInputStream(Files.readAllBytes(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InputException(file + " is no picture; fetch the file again");
      }
      ImageReader reader = readers.next();
      try {
        return read(file, reader, in);
      } finally {
        reader.dispose();
      }
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers throw many exceptions on damaged files.
      throw new InputException(
          "%s cannot be read: %s; fetch the file again".formatted(file, e.getMessage()), e);
    }
  }

  private static Picture read(Path file, ImageReader reader, ImageInputStream in)
      throws IOException {
    reader.setInput(in, true, false);
    StringBuilder cut = new StringBuilder();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          String lower = warning.toLowerCase(Locale.ROOT);
          if (lower.contains("premature end") || lower.contains("truncated")) {
            cut.append(warning);
          }
        });
    Picture picture = isPrinted(reader) ? printed(file, reader) : shown(file, reader);
    if (!cut.isEmpty()) {
      throw new InputException("%s ends too early; fetch the file again".formatted(file));
    }
    return picture;
  }

  /** Whether it is a JPEG in the four colors of print. */
  private static boolean isPrinted(ImageReader reader) throws IOException {
    Optional<ImageTypeSpecifier> type = Optional.ofNullable(reader.getRawImageType(0));
    return reader.getFormatName().equalsIgnoreCase("jpeg")
        && type.filter(found -> found.getNumBands() == PRINTED).isPresent();
  }

  private static Picture shown(Path file, ImageReader reader) throws IOException {
    BufferedImage image = reader.read(0);
    Raster raster = image.getRaster();
    int[] colors = new int[COLORS];
    byte[] pixels = new byte[raster.getWidth() * raster.getHeight() * COLORS];
    if (image.getColorModel() instanceof IndexColorModel table) {
      int[] numbers =
          raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
      for (int i = 0; i < numbers.length; i++) {
        colors[0] = table.getRed(numbers[i]);
        colors[1] = table.getGreen(numbers[i]);
        colors[2] = table.getBlue(numbers[i]);
        put(colors, pixels, i);
      }
      return new Picture(raster.getWidth(), raster.getHeight(), pixels);
    }
    int bands = raster.getNumBands();
    int[] samples = samples(file, raster);
    for (int i = 0; i < samples.length / bands; i++) {
      for (int color = 0; color < COLORS; color++) {
        colors[color] = samples[i * bands + (bands < COLORS ? 0 : color)];
      }
      put(colors, pixels, i);
    }
    return new Picture(raster.getWidth(), raster.getHeight(), pixels);
  }

  private static int[] samples(Path file, Raster raster) throws InputException {
    int bits = raster.getSampleModel().getSampleSize(0);
    if (bits != Byte.SIZE) {
      throw new InputException(
          "%s has %d bits per color; only 8 are supported; convert the file".formatted(file, bits));
    }
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
  }

  /** Cyan, magenta, yellow and black, which such files hold inverted. */
  private static Picture printed(Path file, ImageReader reader) throws IOException {
    Raster raster = reader.readRaster(0, null);
    int[] samples = samples(file, raster);
    boolean luminance = AdobeSegment.isLuminance(reader);
    byte[] pixels = new byte[samples.length / PRINTED * COLORS];
    int[] colors = new int[COLORS];
    for (int i = 0; i < samples.length / PRINTED; i++) {
      int black = samples[i * PRINTED + COLORS];
      System.arraycopy(samples, i * PRINTED, colors, 0, COLORS);
      if (luminance) {
        AdobeSegment.toColors(colors);
      }
      for (int color = 0; color < COLORS; color++) {
        colors[color] = Math.max(0, black - product(255 - colors[color], black));
      }
      put(colors, pixels, i);
    }
    return new Picture(raster.getWidth(), raster.getHeight(), pixels);
  }

  /** x·y / 255, rounded. */
  private static int product(int x, int y) {
    return (2 * x * y + 255) / 510;
  }

  private static void put(int[] colors, byte[] pixels, int pixel) {
    for (int color = 0; color < COLORS; color++) {
      pixels[pixel * COLORS + color] = (byte) colors[color];
    }
  }
}
