package dev.alig.experiments.compare;

import dev.alig.experiments.InputException;
import dev.alig.experiments.images.IdxFile;
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
  static Images read(Path folder, String prefix) throws InputException {
    IdxFile.Labeled read = IdxFile.read(folder, prefix);
    return new Images(pixels(read.images()), classes(read.labels()));
  }

  private static INDArray pixels(IdxFile images) {
    float[] pixels = new float[images.length()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = images.value(i) / WHITE;
    }
    return Nd4j.createFromArray(pixels).reshape(images.size(0), -1);
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
