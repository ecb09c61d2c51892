package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.experiments.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pillow 13.0.0 wrote the files and read the pixels, by {@code convert("RGB")}. */
class PictureFileTest {
  private static final String GREY =
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsN"
          + "DhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAA"
          + "AAAACP/EABkQAAEFAAAAAAAAAAAAAAAAAAAECCE0Uf/aAAgBAQAAPwA3NJTUow//2Q==";

  private static final String COLORS =
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsN"
          + "DhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQU"
          + "FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIAAgDASIAAhEBAxEB/8QA"
          + "FQABAQAAAAAAAAAAAAAAAAAAAAT/xAAXEAEAAwAAAAAAAAAAAAAAAAAAAgYy/8QAFQEBAQAAAAAAAAAA"
          + "AAAAAAAABQf/xAAdEQABAgcAAAAAAAAAAAAAAAACAAEDBgcUFVHw/9oADAMBAAIRAxEAPwC21S2Ai0ui"
          + "1gKEpuA4CF2l/9k=";

  private static final String OPACITY =
      "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAAI0lEQVR4nGNk+M/AIPKGSwQXZmL8z8CI"
          + "DzMx/mdkxIeHhAkAFypBMRwpvb0AAAAASUVORK5CYII=";

  private static final String PALETTE =
      "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIBAMAAAA2IaO4AAAAMFBMVEUC/QEK9gUX6Asf4A8r1BU2yhtA"
          + "wCBHuCNTrCleoi9omDRvkDd7hD2DfEGPcUeSbUkvFaA8AAAAH0lEQVR4nGNkcnFxYWJgYGDAQjAyCTAw"
          + "MDAxMjAIAAAf4QEAynMsHQAAAABJRU5ErkJggg==";

  private static final String CMYK =
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJ"
          + "CAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABcAAAMBAAAA"
          + "AAAAAAAAAAAAAAQHCAn/xAAoEAAAAgYKAwAAAAAAAAAAAAAAEggKERMUhgEHFydFRkdIY8WEocT/2gAO"
          + "BEMATQBZAEsAAD8ADXZts059EHEqea+Sr24vhP7KXn/ONIKtk/rPY26aMjHePOyENwUtab0P/9k=";

  @TempDir private Path folder;

  private Picture read(byte[] bytes) throws IOException {
    Path file = folder.resolve("picture.JPEG");
    Files.write(file, bytes);
    return PictureFile.read(file);
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }

  private void hasCorners(String text, int[] upperRight, int[] lowerRight) throws IOException {
    Picture picture = read(bytes(text));
    assertThat(picture.width()).isEqualTo(8);
    assertThat(picture.height()).isEqualTo(8);
    for (int color = 0; color < 3; color++) {
      assertThat(picture.at(color, 0, 7)).isEqualTo(upperRight[color]);
      assertThat(picture.at(color, 7, 7)).isEqualTo(lowerRight[color]);
    }
  }

  @Test
  void greyBecomesThreeEqualColors() throws IOException {
    hasCorners(GREY, new int[] {140, 140, 140}, new int[] {147, 147, 147});
  }

  @Test
  void colorsAreThoseOfPillow() throws IOException {
    hasCorners(COLORS, new int[] {131, 123, 61}, new int[] {136, 116, 63});
  }

  @Test
  void pngIsReadWhateverItsName() throws IOException {
    hasCorners(OPACITY, new int[] {140, 115, 70}, new int[] {147, 108, 73});
    hasCorners(PALETTE, new int[] {143, 113, 71}, new int[] {146, 109, 73});
  }

  /** Cyan, magenta, yellow and black. */
  @Test
  void colorsOfPrintAreThoseOfPillow() throws IOException {
    assertThat(HexFormat.of().formatHex(read(bytes(CMYK)).pixels()))
        .isEqualTo(
            "cf2ebecf2fbece2ebed02fbf05f99a05fa9a05f99b05fa9bce2ebdd02fbfcf2ebfce2ebd"
                + "05fa9b05f99905f79a05fa9bce2ebdcf2fbecd2ebdcd2ebc05fa9b05fa9a05f99b05fa9b"
                + "cf2ebecf2fbecf2ebfd12fc005f79905fa9a05f89a05f99a9f24929f24929e23919d2390"
                + "03a46603a36403a26503a2649f24929f24929f2493a12494039e6203a06203a16403a164"
                + "9f24929e24919e23919f249203a16403a36403a36603a2649f24929f24929f24929e2391"
                + "03a26403a16303a16403a264");
  }

  /** The same file, whose Adobe segment says that it has luminance and two differences. */
  @Test
  void luminanceOfPrintIsThatOfPillow() throws IOException {
    byte[] bytes = bytes(CMYK);
    // Start of image, marker, length, "Adobe", version, two flags, and then the transform.
    assertThat(bytes[17]).isZero();
    bytes[17] = 2;
    assertThat(HexFormat.of().formatHex(read(bytes).pixels()))
        .isEqualTo(
            "002e75002e74002e75002e76d3fe22d6ff22d4ff24d4ff22002d75002e75002e75002d75"
                + "d4ff22d5fe22d2fd24d4ff22002d75002e74002e74002d74d4ff22d6ff22d4ff24d4ff22"
                + "002e75002e74002e75002e77d2fc22d6ff22d3fe24d3fe2200235a002359002359002359"
                + "8ba7168ba6168aa61789a51600235a00235900245a00245c86a11589a31689a51788a416"
                + "00235a00235900235900235a88a4168ba6168ba71889a51600235a00235900245a002359"
                + "89a5168aa41689a51789a516");
  }

  @Test
  void aFileThatEndsTooEarlyIsNamed() {
    byte[] whole = bytes(COLORS);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 12)))
        .withMessage(folder.resolve("picture.JPEG") + " ends too early; fetch the file again");
  }

  @Test
  void aFileThatIsNoPictureIsNamed() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(new byte[] {1, 2, 3}))
        .withMessage(folder.resolve("picture.JPEG") + " is no picture; fetch the file again");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(Arrays.copyOf(bytes(COLORS), 40)))
        .withMessageContaining("picture.JPEG cannot be read")
        .withMessageContaining("fetch the file again");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> PictureFile.read(folder.resolve("none.JPEG")))
        .withMessageContaining("none.JPEG cannot be read");
  }

  @Test
  void sixteenBitsAreRefused() throws IOException {
    Path file = folder.resolve("deep.png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY), "png", file.toFile());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> PictureFile.read(file))
        .withMessage(file + " has 16 bits per color; only 8 are supported; convert the file");
  }
}
