package dev.alig.experiments.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of {@code CsvStepLog}.
 *
 * @param columns the numbers of each column by its name, in the order of the file
 */
record StepLog(Map<String, double[]> columns) {
  /** The one column that has no numbers. */
  private static final String OUTCOME = "outcome";

  static final String LOSS = "loss";
  static final String UNCLIPPED = "unclipped_step_size";
  static final String GRADIENT_NORM = "gradient_norm";
  static final String PARAMETER_NORM = "parameter_norm";

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or no {@code CsvStepLog} wrote it
   */
  static StepLog read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no file; name one that a CsvStepLog has written");
    }
    List<String> lines = Files.readAllLines(file);
    List<String> names = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1));
    if (!names.containsAll(List.of(LOSS, UNCLIPPED, GRADIENT_NORM))) {
      throw new IOException(
          "%s does not begin with the columns of a CsvStepLog; name a file that one has written"
              .formatted(file));
    }
    if (lines.size() == 1) {
      throw new IOException(file + " has no steps; train before you draw");
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      if (!names.get(column).equals(OUTCOME)) {
        columns.put(names.get(column), numbers(file, lines, column, names.size()));
      }
    }
    return new StepLog(columns);
  }

  private static double[] numbers(Path file, List<String> lines, int column, int width)
      throws IOException {
    double[] numbers = new double[lines.size() - 1];
    for (int i = 0; i < numbers.length; i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      if (cells.length != width) {
        throw new IOException(
            "%s: line %d has %d values instead of %d; was its writer ended in mid-line?"
                .formatted(file, i + 2, cells.length, width));
      }
      try {
        numbers[i] = Double.parseDouble(cells[column]);
      } catch (NumberFormatException e) {
        throw new IOException(
            "%s: line %d has no number but %s".formatted(file, i + 2, cells[column]), e);
      }
    }
    return numbers;
  }

  double[] column(String name) {
    return columns.getOrDefault(name, new double[0]);
  }

  /** The columns whose name begins with a prefix. */
  List<String> named(String prefix) {
    return columns.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }
}
