package dev.alig.experiments.images;

/**
 * The data of an experiment.
 *
 * @param classes how many kinds of images there are
 */
record ImageData(
    ImageSet training,
    ImageSet validation,
    ImageSet test,
    int classes,
    Normalization normalization) {
  /** At most so many images of each part. */
  ImageData first(int most) {
    return new ImageData(
        training.first(most), validation.first(most), test.first(most), classes, normalization);
  }
}
