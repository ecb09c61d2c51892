package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Grey images of ten classes in four idx files, such as scikit-learn's digits or MNIST. All images
 * for training are trained on; none are held out for validation.
 */
record Digits() implements Dataset {
  private static final int CLASSES = 10;

  @Override
  public ImageData read(Path folder, OptionalInt limit) throws InputException {
    Images train = images(folder, "train");
    Images test = images(folder, "t10k");
    if (!test.shape().equals(train.shape())) {
      throw new InputException(
          "%s has images of %d x %d for train and of %d x %d for t10k; all must be of one data set"
              .formatted(
                  folder,
                  train.shape().height(),
                  train.shape().width(),
                  test.shape().height(),
                  test.shape().width()));
    }
    return new ImageData(
            new ImageSet(List.of(ImageSet.all(train))),
            ImageSet.of(train),
            new ImageSet(List.of(ImageSet.all(test))),
            CLASSES,
            Normalization.none(1))
        .first(limit.orElse(Integer.MAX_VALUE));
  }

  private static Images images(Path folder, String prefix) throws InputException {
    IdxFile.Labeled read = IdxFile.read(folder, prefix);
    IdxFile pixels = read.images();
    byte[] labels = new byte[read.labels().length()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Images.requireLabel(read.labels().file(), i, read.labels().value(i), CLASSES);
    }
    return new Images(
        new ImageSize(1, pixels.size(1), pixels.size(2)),
        index -> (byte) pixels.value(index),
        Images.Order.ROWS,
        labels);
  }
}
