package dev.alig.conformance.trained;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** The curves of a trained case as comma-separated values, for plotting. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CurveFile {
  private static final String HEADER =
      "step,loss,loss_off,loss_allowed,step_size,step_size_off,step_size_allowed,norm,distance,"
          + "distance_allowed";

  private static final int COLUMNS = 10;

  private CurveFile() {}

  /**
   * Writes {@code trained/SUBJECT-CASE.csv} in a report folder. It has one line per step: the
   * oracle's numbers, how far the subject is from them, and how far it may be.
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
   * Reads the curve of such a file, as far as it goes.
   *
   * @return nothing if there is no file, or it has another table
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
    String[] fields = line.split(",", -1);
    double[] numbers = Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
    return CurvePoint.of(Integer.parseInt(fields[0]), numbers);
  }

  private static String line(CurvePoint point) {
    return Stream.concat(Stream.of(point.step()), Arrays.stream(point.numbers()).boxed())
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }
}
