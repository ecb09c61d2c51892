package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import dev.alig.experiments.networks.Loss;
import java.nio.file.Path;
import java.util.OptionalInt;

/** A set of images in the user's files. */
interface Dataset {
  /** The seed of the authors' split into training and validation. */
  int SPLIT_SEED = 1234;

  /** The loss that the authors minimize on these images. */
  default Loss loss() {
    return Loss.CROSS_ENTROPY;
  }

  /**
   * Reads the files and splits them as the authors do.
   *
   * @param limit the greatest number of images from each part
   * @throws InputException if a file is missing or damaged
   */
  ImageData read(Path folder, OptionalInt limit) throws InputException;
}
