package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PictureTest {
  /**
   * What Pillow 12.0.0 makes of a picture whose i-th number is i·i·7 + i·31, by {@code resize(size,
   * BILINEAR)} and {@code crop}, with the sizes of torchvision's Resize and CenterCrop.
   */
  static Stream<Arguments> squares() {
    return Stream.of(
        Arguments.of(
            23,
            17,
            5,
            "8c7a807a887b777f7f717d7e8279807d7e807e7c7c77847f757c888e847e827389806f7b"
                + "868e7d827e86847c77738d928c7f8077847d8279877f7f7281818d8988786f817b6d8183"
                + "7a7486"),
        Arguments.of(
            4,
            3,
            6,
            "27585675bb4ea3bd66b05f9d9c61b368c2a9405b538dbd6aaabe81965f9781609c6cc091"
                + "71604cbcc0a1b7bfb6615e8a4a5d6d73bb608a5d5db3bbb09cb8c34455953b527682ae67"
                + "8b528672ae9759a9a83f44b8543fb79999a68b4c9a51a78a37a19a3c3bc96035d7a48ec5"),
        Arguments.of(
            9,
            31,
            4,
            "7b809978827087796d8576ab79a9715a835f7d5a71a06f976b8679718066846872947d9b"
                + "7f7ea38f727d9691706c8a97"),
        Arguments.of(
            8,
            8,
            8,
            "00265a9cec4ab630b84ef2a464320ef8f0f60a2c5c9ae640a81ea234d4823e08e0c6babc"
                + "ccea165098ee52c444d26e18d0966a4c3c3a466088be0254b4229e28c0661adcac8a7670"
                + "788eb2e42472ce38b036ca6c1cdaa680685e627494c2fe48a0067afc8c2ad690582e1204"
                + "04122e5890d62a8cfc7a06a048fec29474625e6880a6da1c6cca36b038ce7224e4b28e78"
                + "70768aacdc1a66c0289e22b45402be8860463a3c4c6a96d0186ed244c452ee985016eacc"
                + "bcbac6e0083e82d434a21ea8"));
  }

  @ParameterizedTest
  @MethodSource("squares")
  void theSquareInTheMiddleIsPillows(int width, int height, int side, String expected) {
    byte[] pixels = new byte[width * height * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * i * 7 + i * 31);
    }
    Picture square = new Picture(width, height, pixels).square(side);
    assertThat(square.width()).isEqualTo(side);
    assertThat(square.height()).isEqualTo(side);
    assertThat(HexFormat.of().formatHex(square.pixels())).isEqualTo(expected);
  }
}
