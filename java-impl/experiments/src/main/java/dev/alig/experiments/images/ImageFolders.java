package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import dev.alig.experiments.networks.Loss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * ImageNet (Russakovsky et al., 2015), or other pictures in a folder per class.
 *
 * <p>The authors have folders for training, validation and test, which they do not publish. Such
 * folders are used as they are. Without {@code test}, as many training pictures as {@code val} has
 * are held out for validation, and {@code val} is the test.
 *
 * @param side the length of the square that is cut out of each picture
 * @param most the greatest number of training pictures
 */
record ImageFolders(int side, int most) implements Dataset {
  private static final int PLACES = 5;

  /** The authors' sizes. */
  static final ImageFolders FULL = new ImageFolders(224, 1_231_166);

  private static final String SOURCE =
      "put ImageNet's pictures there as train/CLASS/*.JPEG and val/CLASS/*.JPEG, from"
          + " https://www.image-net.org";

  @Override
  public Loss loss() {
    return new Loss.Truncated(PLACES);
  }

  @Override
  public ImageData read(Path folder, OptionalInt limit) throws InputException {
    ClassFolders train = list(folder, "train");
    ClassFolders second = list(folder, "val");
    boolean split = !Files.isDirectory(folder.resolve("test"));
    ClassFolders test = split ? second : list(folder, "test");
    requireSame(train, second);
    requireSame(train, test);
    if (train.classes().size() <= PLACES) {
      throw new InputException(
          "%s has %d classes; the loss leaves out the %d highest scores, so that %d classes or more"
                  .formatted(train.folder(), train.classes().size(), PLACES, PLACES + 1)
              + " are needed");
    }
    ImageSource training;
    ImageSource validation;
    if (split) {
      int held = second.size();
      if (held >= train.size()) {
        throw new InputException(
            "%s has %d pictures and %s has %d; train must have more, because as many are held out"
                    .formatted(train.folder(), train.size(), second.folder(), held)
                + " for validation");
      }
      int[][] parts = numbers(train.size(), Math.min(train.size() - held, most), held);
      training = train.chosen(side, parts[0]);
      validation = train.chosen(side, parts[1]);
    } else {
      training = train.chosen(side, numbers(train.size(), Math.min(train.size(), most))[0]);
      validation = second.chosen(side, numbers(second.size(), second.size())[0]);
    }
    return new ImageData(
            training,
            validation,
            test.chosen(side, numbers(test.size(), test.size())[0]),
            train.classes().size(),
            Normalization.IMAGENET)
        .first(limit.orElse(Integer.MAX_VALUE));
  }

  /** Numbers in random order, so that a limit leaves pictures of all classes. */
  private static int[][] numbers(int total, int... sizes) {
    return new NumpyRandom(SPLIT_SEED).subsets(total, sizes);
  }

  private static ClassFolders list(Path folder, String part) throws InputException {
    Path inner = folder.resolve(part);
    if (!Files.isDirectory(inner)) {
      throw new InputException("%s is missing; %s".formatted(inner, SOURCE));
    }
    return ClassFolders.list(inner);
  }

  private static void requireSame(ClassFolders train, ClassFolders other) throws InputException {
    if (!train.classes().equals(other.classes())) {
      throw new InputException(
          "%s has %d classes and %s has %d; both must have the same folders; %s"
              .formatted(
                  train.folder(),
                  train.classes().size(),
                  other.folder(),
                  other.classes().size(),
                  SOURCE));
    }
  }
}
