package dev.alig.conformance.reproduce;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Template;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Keeps failures in a report folder, one folder per failure:
 *
 * <ul>
 *   <li>{@code case.jsonl}: the case with the oracle's answer, to be replayed.
 *   <li>{@code asked.jsonl}: the case with which the oracle answers the number that differs.
 *   <li>{@code finding.json}: that number.
 *   <li>{@code Reproduce…Test.java}: a JUnit test that runs the subject.
 *   <li>{@code test_reproduce.py}, {@code pytest.ini}: a pytest that runs the oracle.
 * </ul>
 *
 * @param out the report folder
 * @param oracle whose answers are kept
 * @param alig the folder of the oracle's package; empty for the bundled one
 * @param pythonPath where Python finds {@code alig_oracle}
 */
@API(status = INTERNAL, since = "0.1")
public record FailureFolder(Path out, Implementation oracle, String alig, List<Path> pythonPath) {
  /** Copies the list. */
  public FailureFolder {
    pythonPath = List.copyOf(pythonPath);
  }

  /**
   * Writes the case, and tests if one number differs. If the oracle cannot answer, exact arithmetic
   * does, without tests.
   *
   * @param name the name of the failure's folder
   * @param suite the suite whose subject failed
   * @return the case's file
   */
  public Path keep(
      String name,
      Requirement requirement,
      StepCase scripted,
      Difference difference,
      String subject,
      Class<?> suite) {
    Path folder = folder(out, name);
    try {
      Path file = folder.resolve("case.jsonl");
      write(file, scripted);
      Optional<Finding> finding = difference.finding();
      if (finding.isPresent()) {
        write(folder.resolve("asked.jsonl"), finding.get().asked());
        String kernel = difference.fact(Difference.KERNEL);
        FindingFile.of(requirement.name(), subject, kernel, finding.get(), alig)
            .write(folder.resolve("finding.json"));
        writeJunit(folder, requirement, finding.get(), subject, suite);
        Files.writeString(folder.resolve("test_reproduce.py"), text("test_reproduce.py"));
        String path = pythonPath.stream().map(Path::toString).collect(Collectors.joining(" "));
        String settings = "[pytest]%npythonpath = %s%n".formatted(path);
        Files.writeString(folder.resolve("pytest.ini"), settings);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the failure cannot be written to " + folder, e);
    } catch (OracleException e) {
      return keepWithoutOracle(out, name, scripted);
    }
  }

  /** Writes the case with the answer of exact arithmetic; returns its file. */
  public static Path keepWithoutOracle(Path out, String name, StepCase scripted) {
    Path file = folder(out, name).resolve("case.jsonl");
    try {
      write(file, scripted, new ExactOracle());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the failing case cannot be written to " + file, e);
    }
  }

  private static Path folder(Path out, String name) {
    return out.resolve("failures").resolve(name);
  }

  /** Exact arithmetic answers a case that the oracle refuses. */
  private void write(Path file, StepCase scripted) throws IOException {
    if (write(file, scripted, oracle).raised().isPresent()) {
      write(file, scripted, new ExactOracle());
    }
  }

  private static Trace write(Path file, StepCase scripted, Implementation reference)
      throws IOException {
    Trace trace = reference.run(scripted);
    TraceFile.write(file, new Recorded(Recorded.Origin.TH, scripted, trace), reference.name());
    return trace;
  }

  private static void writeJunit(
      Path folder, Requirement requirement, Finding finding, String subject, Class<?> suite)
      throws IOException {
    String name = "Reproduce" + words(subject + " " + requirement.name()) + "Test";
    Map<String, String> facts =
        Map.of(
            "requirement", requirement.name(),
            "where", finding.place().toString(),
            "folder", folder.toAbsolutePath().toString().replace("\\", "\\\\"),
            "package", suite.getPackageName(),
            "name", name,
            "suite", Objects.requireNonNullElse(suite.getCanonicalName(), suite.getName()));
    Mustache.Compiler plain = Mustache.compiler().escapeHTML(false);
    Files.writeString(
        folder.resolve(name + ".java"),
        Template.fill(FailureFolder.class, "JUnit.java", plain, facts));
  }

  /** A text in the form of a class's name. */
  private static String words(String text) {
    return Arrays.stream(text.split("[^A-Za-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .map(
            word ->
                word.substring(0, 1).toUpperCase(Locale.ROOT)
                    + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static String text(String resource) throws IOException {
    try (var reader = Template.reader(FailureFolder.class, resource)) {
      return reader.lines().collect(Collectors.joining("\n", "", "\n"));
    }
  }
}
