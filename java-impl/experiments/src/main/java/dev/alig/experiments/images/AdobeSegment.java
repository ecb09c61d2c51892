package dev.alig.experiments.images;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.NodeList;

/** The colors of a JPEG for print, which its Adobe segment describes. */
final class AdobeSegment {
  private static final int LUMINANCE = 2;
  private static final int MIDDLE = 128;
  private static final int WHITE = 255;

  private AdobeSegment() {}

  /** Whether the first three colors are stored as luminance and two differences (YCCK). */
  static boolean isLuminance(ImageReader reader) throws IOException {
    IIOMetadata metadata = reader.getImageMetadata(0);
    IIOMetadataNode root =
        (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    NodeList found = root.getElementsByTagName("app14Adobe");
    return found.getLength() > 0
        && ((IIOMetadataNode) found.item(0))
            .getAttribute("transform")
            .equals(String.valueOf(LUMINANCE));
  }

  /**
   * Converts luminance and differences to the inverted colors of print, in place: each is 255 minus
   * that of red, green and blue (ITU-T T.871).
   */
  static void toColors(int[] colors) {
    double luminance = colors[0];
    double blue = colors[1] - MIDDLE;
    double red = colors[2] - MIDDLE;
    colors[0] = inverted(luminance + 1.402 * red);
    colors[1] = inverted(luminance - 0.344136286 * blue - 0.714136286 * red);
    colors[2] = inverted(luminance + 1.772 * blue);
  }

  private static int inverted(double color) {
    return WHITE - (int) Math.max(0, Math.min(WHITE, Math.floor(color + 0.5)));
  }
}
