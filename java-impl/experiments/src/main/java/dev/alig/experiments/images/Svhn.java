package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The Street View House Numbers (Netzer et al., 2011), cropped digits, with the extra images.
 *
 * <p>Validation images come only from the difficult ones in {@code train_32x32.mat}, as in the
 * authors' code.
 *
 * @param train the number of images in {@code train_32x32.mat}
 * @param extra the number of images in {@code extra_32x32.mat}
 * @param tests the number of images in {@code test_32x32.mat}
 * @param validation the number of images of {@code train_32x32.mat} held out for validation
 */
record Svhn(int train, int extra, int tests, int validation) implements Dataset {
  private static final int CLASSES = 10;

  static final Svhn FULL = new Svhn(73_257, 531_131, 26_032, 6_000);

  static final String SOURCE =
      "fetch train_32x32.mat, extra_32x32.mat and test_32x32.mat from"
          + " http://ufldl.stanford.edu/housenumbers into that folder";

  /** Reads the extra images only if the limit reaches them, because they need 1.6 GB. */
  @Override
  public ImageData read(Path folder, OptionalInt limit) throws InputException {
    int most = limit.orElse(Integer.MAX_VALUE);
    Images difficult = MatFile.read(file(folder, "train_32x32.mat"), train);
    int[][] split = new NumpyRandom(SPLIT_SEED).subsets(train, train - validation, validation);
    List<ImageSet.Chosen> training = new ArrayList<>();
    training.add(new ImageSet.Chosen(difficult, split[0]));
    if (most > split[0].length) {
      training.add(ImageSet.all(MatFile.read(file(folder, "extra_32x32.mat"), extra)));
    }
    Images test = MatFile.read(file(folder, "test_32x32.mat"), tests);
    return new ImageData(
            new ImageSet(training),
            ImageSet.of(difficult, split[1]),
            new ImageSet(List.of(ImageSet.all(test))),
            CLASSES,
            Normalization.none(Images.COLORED_32.channels()))
        .first(most);
  }

  private static Path file(Path folder, String name) {
    return InputFiles.folderOf(folder, List.of("svhn", ""), name).orElse(folder).resolve(name);
  }
}
