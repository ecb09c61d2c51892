package dev.alig.conformance.trained;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The curves of a trained case as a table of comma-separated values, to be plotted. */
public final class CurveFile {
  private static final String HEADER =
      "step,loss,loss_off,loss_allowed,step_size,step_size_off,step_size_allowed,norm,distance,"
          + "distance_allowed";

  private static final int COLUMNS = 10;

  private CurveFile() {}

  /**
   * Writes {@code trained/SUBJECT-CASE.csv} in a report folder; a line a step, numbers of the
   * oracle, how far the subject is from them, and how far it may be.
   *
   * @return the file
   */
  public static Path write(Path out, String subject, TrainedOutcome outcome) {
    Path file = out.resolve("trained").resolve(subject + "-" + outcome.summary().caseId() + ".csv");
    List<String> lines = new ArrayList<>(List.of(HEADER));
    outcome.curve().forEach(point -> lines.add(line(point)));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the curve cannot be written to " + file, e);
    }
  }

  /**
   * The curve of such a file, as far as it goes; of a file that is not there or another table,
   * nothing.
   */
  public static List<CurvePoint> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
        return List.of();
      }
      // The last line may be cut off where its writer died.
      return lines.stream().skip(1).takeWhile(CurveFile::isWhole).map(CurveFile::point).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the curve cannot be read from " + file, e);
    }
  }

  private static boolean isWhole(String line) {
    return line.split(",", -1).length == COLUMNS;
  }

  private static CurvePoint point(String line) {
    List<String> fields = Arrays.asList(line.split(",", -1));
    double[] numbers = fields.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
    return new CurvePoint(
        Integer.parseInt(fields.get(0)),
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8]);
  }

  private static String line(CurvePoint point) {
    return String.join(
        ",",
        Integer.toString(point.step()),
        Double.toString(point.loss()),
        Double.toString(point.lossOff()),
        Double.toString(point.lossAllowed()),
        Double.toString(point.stepSize()),
        Double.toString(point.stepSizeOff()),
        Double.toString(point.stepSizeAllowed()),
        Double.toString(point.norm()),
        Double.toString(point.distance()),
        Double.toString(point.distanceAllowed()));
  }
}
