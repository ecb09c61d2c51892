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

class CifarTest {
  /** Five files of two images, two tests, three of ten for validation. */
  private static final Cifar TEN = Cifar.TEN.withSizes(2, 2, 3);

  private static final Cifar HUNDRED = Cifar.HUNDRED.withSizes(2, 2, 1);

  @TempDir private Path folder;

  private Path binary;

  /** Image n of all has the label n % 10, and all its pixels are n but one, which is 255. */
  @BeforeEach
  void write() throws IOException {
    binary = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    for (int file = 0; file < 6; file++) {
      byte[] bytes = new byte[2 * 3073];
      for (int i = 0; i < 2; i++) {
        int n = 2 * file + i;
        Arrays.fill(bytes, i * 3073, (i + 1) * 3073, (byte) n);
        bytes[i * 3073] = (byte) (n % 10);
        bytes[i * 3073 + 1 + 1024 + 2 * 32 + 5] = (byte) 255;
      }
      String name = file == 5 ? "test_batch.bin" : "data_batch_%d.bin".formatted(file + 1);
      Files.write(binary.resolve(name), bytes);
    }
  }

  private static ImageData read(Cifar cifar, Path from) throws InputException {
    return cifar.read(from, OptionalInt.empty());
  }

  private static int[] labels(ImageSource set) {
    return IntStream.range(0, set.size()).map(i -> set.label(i)).toArray();
  }

  /** The split of ten into seven and three is numpy's, see {@link NumpyRandomTest}. */
  @Test
  void theBinaryVersionIsReadAndSplitAsTheAuthorsDo() throws IOException {
    ImageData data = read(TEN, folder);
    assertThat(labels(data.training())).containsExactly(5, 1, 8, 2, 0, 6, 7);
    assertThat(labels(data.validation())).containsExactly(9, 4, 3);
    assertThat(labels(data.test())).containsExactly(0, 1);
    assertThat(data.training().pixels(0).at(0, 2, 5)).isEqualTo(5);
    assertThat(data.training().pixels(0).at(1, 2, 5)).isEqualTo(255);
    assertThat(data.training().pixels(0).at(1, 5, 2)).isEqualTo(5);
    assertThat(data.classes()).isEqualTo(10);
  }

  @Test
  void theFolderItselfMayBeGiven() throws IOException {
    assertThat(read(TEN, binary).training().size()).isEqualTo(7);
  }

  @Test
  void aLimitKeepsTheFirst() throws IOException {
    ImageData data = TEN.read(folder, OptionalInt.of(2));
    assertThat(labels(data.training())).containsExactly(5, 1);
    assertThat(labels(data.validation())).containsExactly(9, 4);
    assertThat(labels(data.test())).containsExactly(0, 1);
  }

  @Test
  void cifar100CountsTheFineLabel() throws IOException {
    Path hundred = Files.createDirectories(folder.resolve("cifar-100-binary"));
    byte[] bytes = new byte[2 * 3074];
    bytes[0] = 19;
    bytes[1] = 99;
    bytes[2] = (byte) 200;
    Files.write(hundred.resolve("train.bin"), bytes);
    Files.write(hundred.resolve("test.bin"), bytes);
    ImageData data = read(HUNDRED, folder);
    assertThat(labels(data.test())).containsExactly(99, 0);
    assertThat(data.test().pixels(0).at(0, 0, 0)).isEqualTo(200);
    assertThat(data.test().pixels(0).at(0, 0, 1)).isZero();
  }

  @Test
  void thePythonVersionOfCifar10IsRead() throws IOException {
    Path python = Files.createDirectories(folder.resolve("new/cifar-10-batches-py"));
    for (int file = 1; file <= 5; file++) {
      Files.write(python.resolve("data_batch_" + file), Packed.bytes(Packed.PYTHON_2));
    }
    Files.write(python.resolve("test_batch"), Packed.bytes(Packed.PYTHON_2));
    ImageData data = read(TEN, folder.resolve("new"));
    assertThat(labels(data.test())).containsExactly(3, 9);
    assertThat(data.test().pixels(0).at(0, 1, 2)).isEqualTo(11);
    assertThat(data.test().pixels(0).at(2, 31, 31)).isEqualTo(255);
    assertThat(data.test().pixels(1).at(1, 31, 0)).isEqualTo(200);
    assertThat(data.test().pixels(1).at(0, 1, 2)).isZero();
    assertThat(data.training().size()).isEqualTo(7);
  }

  @Test
  void thePythonVersionOfCifar100IsRead() throws IOException {
    Path python = Files.createDirectories(folder.resolve("cifar-100-python"));
    Files.write(python.resolve("train"), Packed.bytes(Packed.PROTOCOL_4));
    Files.write(python.resolve("test"), Packed.bytes(Packed.PROTOCOL_4));
    ImageData data = read(HUNDRED, folder);
    assertThat(labels(data.test())).containsExactly(42, 99);
    assertThat(data.test().pixels(1).at(1, 31, 0)).isEqualTo(200);
  }

  @Test
  void withoutFilesTheMessageSaysWhatIsLookedForAndWhereItIs() {
    Path empty = folder.resolve("empty");
    assertRefused(
        TEN,
        empty,
        empty + " has neither cifar-10-batches-bin/data_batch_1.bin",
        "nor cifar-10-batches-py/data_batch_1;",
        "https://www.cs.toronto.edu/~kriz/cifar.html");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(binary.resolve("data_batch_1.bin"));
    assertRefused(TEN, folder, binary.resolve("data_batch_1.bin") + " is missing;", "kriz");
  }

  @Test
  void aShortFileIsNamed() throws IOException {
    Path file = binary.resolve("data_batch_3.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5000));
    assertRefused(TEN, folder, file + " has 5000 bytes; 2 images of 3073 bytes are 6146;", "kriz");
  }

  @Test
  void aLabelOutOfRangeIsNamed() throws IOException {
    Path file = binary.resolve("data_batch_2.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[3073] = (byte) 200;
    Files.write(file, bytes);
    assertRefused(TEN, folder, file + ": image 1 has the label 200; labels go from 0 to 9");
  }

  @Test
  void aDamagedPickleIsNamed() throws IOException {
    Path python = Files.createDirectories(folder.resolve("cifar-100-python"));
    byte[] whole = Packed.bytes(Packed.PROTOCOL_4);
    Files.write(python.resolve("test"), whole);
    Path train = python.resolve("train");
    Files.write(train, Arrays.copyOf(whole, 4000));
    assertRefused(HUNDRED, folder, train + " is no whole pickle");
    Files.write(train, new byte[] {'I', '1', '\n', '.'});
    assertRefused(HUNDRED, folder, train + " is a pickle, but not of a dictionary");
    Files.write(train, Packed.bytes(Packed.PYTHON_2));
    assertRefused(HUNDRED, folder, train + " has 6144 bytes of pixels and 0 fine_labels");
    Files.write(train, whole);
    assertRefused(
        Cifar.HUNDRED.withSizes(3, 2, 1), folder, "expected 9216 and 3;", "2 fine_labels");
  }

  private static void assertRefused(Cifar cifar, Path from, String... parts) {
    assertThatThrownBy(() -> read(cifar, from))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }
}
