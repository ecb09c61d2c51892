package com.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Generated data: the ten digits, near the middle of 8 by 8 pixels, with noise. */
final class Digits {
  static final int SIDE = 8;
  static final int CLASSES = 10;

  /** Five rows of three pixels for each digit. */
  private static final String[] SHAPES = {
    "###,# #,# #,# #,###", " # ,## , # , # ,###", "###,  #,###,#  ,###", "###,  #,###,  #,###",
    "# #,# #,###,  #,  #", "###,#  ,###,  #,###", "###,#  ,###,# #,###", "###,  #,  #,  #,  #",
    "###,# #,###,# #,###", "###,# #,###,  #,###"
  };

  private Digits() {}

  /** As many examples of each digit, in batches of 32. */
  static DataSetIterator batches(int ofEach, long seed) {
    Random random = new Random(seed);
    List<DataSet> examples = new ArrayList<>();
    for (int i = 0; i < ofEach * CLASSES; i++) {
      float[] label = new float[CLASSES];
      label[i % CLASSES] = 1;
      examples.add(
          new DataSet(
              Nd4j.createFromArray(draw(i % CLASSES, random)).reshape(1, SIDE * SIDE),
              Nd4j.createFromArray(label).reshape(1, CLASSES)));
    }
    return new ListDataSetIterator<>(examples, 32);
  }

  private static float[] draw(int digit, Random random) {
    float[] pixels = new float[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (0.2 * random.nextGaussian());
    }
    int top = 1 + random.nextInt(2);
    int left = 2 + random.nextInt(2);
    String[] rows = SHAPES[digit].split(",");
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length(); x++) {
        if (rows[y].charAt(x) == '#') {
          pixels[(top + y) * SIDE + left + x] += 1;
        }
      }
    }
    return pixels;
  }
}
