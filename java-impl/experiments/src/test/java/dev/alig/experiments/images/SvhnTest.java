package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvhnTest {
  private static final Svhn SMALL = new Svhn(3, 3, 3, 1);

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (String part : new String[] {"train", "extra", "test"}) {
      Files.write(file(part), Packed.bytes(Packed.MAT));
    }
  }

  private Path file(String part) {
    return folder.resolve(part + "_32x32.mat");
  }

  private static int[] labels(ImageSource set) {
    return IntStream.range(0, set.size()).map(i -> set.label(i)).toArray();
  }

  @Test
  void scipysFileIsRead() throws IOException {
    ImageSource test = SMALL.read(folder, OptionalInt.empty()).test();
    assertThat(labels(test)).containsExactly(1, 0, 5);
    for (int n = 0; n < 3; n++) {
      assertThat(test.pixels(n).at(0, 1, 2)).isEqualTo(10 + n);
      assertThat(test.pixels(n).at(1, 31, 0)).isEqualTo(100 + n);
      assertThat(test.pixels(n).at(2, 0, 31)).isEqualTo(200 + n);
      assertThat(test.pixels(n).at(0, 2, 1)).isZero();
    }
  }

  private static ImageSet.Located located(ImageSource set, int index) {
    return ((ImageSet) set).locate(index);
  }

  @Test
  void validationComesFromTheDifficultImagesAlone() throws IOException {
    int[][] split = new NumpyRandom(1234).subsets(3, 2, 1);
    ImageData data = SMALL.read(folder, OptionalInt.empty());
    assertThat(data.training().size()).isEqualTo(5);
    assertThat(located(data.training(), 0).number()).isEqualTo(split[0][0]);
    assertThat(located(data.training(), 2).number()).isZero();
    assertThat(located(data.training(), 2).images())
        .isNotSameAs(located(data.training(), 0).images());
    assertThat(located(data.validation(), 0).number()).isEqualTo(split[1][0]);
    assertThat(located(data.validation(), 0).images())
        .isSameAs(located(data.training(), 0).images());
  }

  @Test
  void pixelsAreDividedBy255Only() throws IOException {
    float[][] table = SMALL.read(folder, OptionalInt.empty()).normalization().table();
    assertThat(table[1][0]).isZero();
    assertThat(table[1][51]).isEqualTo(0.2f);
    assertThat(table[2][255]).isEqualTo(1);
  }

  @Test
  void aLimitWithinTheDifficultImagesNeedsNoExtraOnes() throws IOException {
    Files.delete(file("extra"));
    ImageData data = SMALL.read(folder, OptionalInt.of(2));
    assertThat(data.training().size()).isEqualTo(2);
    assertThat(data.test().size()).isEqualTo(2);
    assertRefused(SMALL, file("extra").getFileName() + " is missing;", "ufldl.stanford.edu");
  }

  @Test
  void otherCountsAreNamed() {
    assertRefused(
        new Svhn(4, 3, 3, 1),
        file("train") + " has X of uint8 [32, 32, 3, 3] and 3 labels;",
        "expected uint8 [32, 32, 3, 4] and 4;");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    byte[] whole = Packed.bytes(Packed.MAT);
    Files.write(file("test"), Arrays.copyOf(whole, 200));
    assertRefused(SMALL, file("test") + " is no whole MATLAB file");
    Files.write(file("test"), new byte[0]);
    assertRefused(SMALL, file("test") + " is no whole MATLAB file");
    byte[] changed = whole.clone();
    changed[190] = (byte) ~changed[190];
    Files.write(file("test"), changed);
    assertRefused(SMALL, file("test").toString());
  }

  private void assertRefused(Svhn svhn, String... parts) {
    assertThatThrownBy(() -> svhn.read(folder, OptionalInt.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }
}
