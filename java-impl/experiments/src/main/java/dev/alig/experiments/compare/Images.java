package dev.alig.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Grey images and their classes.
 *
 * @param pixels one row per image, from 0 to 1
 * @param classes one row per image: 1 in the column of its class, else 0
 */
record Images(INDArray pixels, INDArray classes) {
  private static final float WHITE = 255;

  /**
   * Reads {@code prefix-images-idx3-ubyte} and {@code prefix-labels-idx1-ubyte}.
   *
   * @param prefix {@code train} or {@code t10k}
   */
  static Images read(Path folder, String prefix) throws IOException {
    IdxFile images = IdxFile.read(folder, prefix + "-images-idx3-ubyte", 3);
    IdxFile labels = IdxFile.read(folder, prefix + "-labels-idx1-ubyte", 1);
    int count = images.count();
    if (labels.count() != count) {
      throw new IOException(
          "%s has %d images and %d labels for %s".formatted(folder, count, labels.count(), prefix));
    }
    return new Images(pixels(images, count), classes(labels));
  }

  private static INDArray pixels(IdxFile images, int count) {
    float[] pixels = new float[images.length()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = images.value(i) / WHITE;
    }
    return Nd4j.createFromArray(pixels).reshape(count, (long) pixels.length / count);
  }

  private static INDArray classes(IdxFile labels) {
    int classes = 0;
    for (int i = 0; i < labels.length(); i++) {
      classes = Math.max(classes, labels.value(i) + 1);
    }
    INDArray rows = Nd4j.zeros(DataType.FLOAT, labels.length(), classes);
    for (int i = 0; i < labels.length(); i++) {
      rows.putScalar(i, labels.value(i), 1);
    }
    return rows;
  }

  int size() {
    return Math.toIntExact(pixels.rows());
  }

  /** The images with these indices. */
  DataSet rows(int[] indices) {
    return new DataSet(pixels.getRows(indices), classes.getRows(indices));
  }

  /** All images. */
  DataSet all() {
    return new DataSet(pixels, classes);
  }
}
