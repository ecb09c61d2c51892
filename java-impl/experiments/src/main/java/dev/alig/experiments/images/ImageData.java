package dev.alig.experiments.images;

/**
 * The data of an experiment.
 *
 * @param classes the number of classes
 */
record ImageData(
    ImageSource training,
    ImageSource validation,
    ImageSource test,
    int classes,
    Normalization normalization) {
  /** The first images of each part, at most {@code most}. */
  ImageData first(int most) {
    return new ImageData(
        training.first(most), validation.first(most), test.first(most), classes, normalization);
  }
}
