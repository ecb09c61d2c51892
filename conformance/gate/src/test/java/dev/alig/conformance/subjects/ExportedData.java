package dev.alig.conformance.subjects;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** The parameters and the batch of a small network, which Python and Java read. */
final class ExportedData {
  /** The parameters that are trained. */
  static final List<String> TRAINED =
      List.of("embedding", "dense/kernel", "dense/bias", "out/kernel", "out/bias");

  /** Some steps reach this cap, and others do not. */
  static final double MAX_LEARNING_RATE = 0.5;

  static final double MOMENTUM = 0.7;

  /** By name; all but {@code frozen} are trained. */
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  /**
   * The row of the embedding that each example takes; some rows are taken several times, and one is
   * not.
   */
  private final int[] ids = {0, 1, 2, 3, 4, 0, 1, 0};

  private final double[][] x;
  private final double[][] y;

  ExportedData(long seed) {
    Random random = new Random(seed);
    parameters.put("embedding", matrix(random, 6, 3, 1));
    parameters.put("frozen", matrix(random, 4, 4, 0.5));
    parameters.put("dense/kernel", matrix(random, 7, 5, 0.5));
    parameters.put("dense/bias", matrix(random, 1, 5, 0.5)[0]);
    parameters.put("out/kernel", matrix(random, 5, 2, 0.5));
    parameters.put("out/bias", matrix(random, 1, 2, 0.5)[0]);
    x = matrix(random, ids.length, 4, 1);
    y = matrix(random, ids.length, 2, 1);
  }

  TFloat64 x() {
    return TFloat64.tensorOf(StdArrays.ndCopyOf(x));
  }

  TInt32 ids() {
    return TInt32.tensorOf(StdArrays.ndCopyOf(ids));
  }

  /** What to predict. */
  TFloat64 y() {
    return TFloat64.tensorOf(StdArrays.ndCopyOf(y));
  }

  private static double[][] matrix(Random random, int rows, int columns, double scale) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = scale * random.nextGaussian();
      }
    }
    return matrix;
  }

  void write(Path folder) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("x", x, "ids", ids, "y", y));
    all.put("parameters", parameters);
    all.put("max_lr", MAX_LEARNING_RATE);
    all.put("momentum", MOMENTUM);
    new ObjectMapper().writeValue(folder.resolve("data.json").toFile(), all);
  }
}
