package dev.alig.conformance.reproduce;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.oracle.ExactOracle;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Leaves a failure in a folder of its own.
 *
 * <ul>
 *   <li>{@code case.jsonl}: the case with the oracle's answer, to be replayed.
 *   <li>{@code asked.jsonl}: the case that the oracle was asked for the number that differs.
 *   <li>{@code finding.json}: that number.
 *   <li>{@code Reproduce…Test.java}: a JUnit test that runs the subject.
 *   <li>{@code test_reproduce.py}, {@code pytest.ini}: a pytest that runs the oracle.
 * </ul>
 */
public final class Reproducers {
  private final Path folder;
  private final Implementation oracle;
  private final String alig;
  private final List<Path> pythonPath;

  /**
   * Writes with an oracle's answers.
   *
   * @param alig the folder of the oracle's package, or an empty text for the bundled one
   * @param pythonPath where Python finds {@code alig_oracle}
   */
  public Reproducers(Path folder, Implementation oracle, String alig, List<Path> pythonPath) {
    this.folder = folder;
    this.oracle = oracle;
    this.alig = alig;
    this.pythonPath = List.copyOf(pythonPath);
  }

  /**
   * Writes the case, and the tests where one number differs.
   *
   * @param suite the suite whose subject failed
   * @return the case's file
   */
  public Path write(
      Requirement requirement,
      Scripted scripted,
      Difference difference,
      String subject,
      Class<?> suite)
      throws IOException {
    Path file = folder.resolve("case.jsonl");
    write(file, scripted);
    if (difference.finding().isPresent()) {
      Finding finding = difference.finding().get();
      write(folder.resolve("asked.jsonl"), finding.asked());
      FindingFile.of(requirement.name(), subject, finding, alig)
          .write(folder.resolve("finding.json"));
      writeJunit(requirement, finding, subject, suite);
      writePytest();
    }
    return file;
  }

  /** Where the oracle refuses a case, exact arithmetic answers. */
  private void write(Path file, Scripted scripted) throws IOException {
    Implementation reference = oracle;
    Trace trace = reference.run(scripted);
    if (trace.raised().isPresent()) {
      reference = new ExactOracle();
      trace = reference.run(scripted);
    }
    TraceFile.write(file, new Recorded(Recorded.Origin.TH, scripted, trace), reference.name());
  }

  private void writeJunit(Requirement requirement, Finding finding, String subject, Class<?> suite)
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
    Files.writeString(folder.resolve(name + ".java"), filled("JUnit.java.mustache", facts));
  }

  private void writePytest() throws IOException {
    Files.writeString(folder.resolve("test_reproduce.py"), text("test_reproduce.py"));
    String path = pythonPath.stream().map(Path::toString).collect(Collectors.joining(" "));
    Files.writeString(folder.resolve("pytest.ini"), "[pytest]%npythonpath = %s%n".formatted(path));
  }

  /** A requirement's or a subject's name as a part of a class's name. */
  private static String words(String text) {
    return List.of(text.split("[^A-Za-z0-9]+")).stream()
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + lower(word))
        .collect(Collectors.joining());
  }

  private static String lower(String word) {
    return word.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String filled(String template, Map<String, String> facts) throws IOException {
    return Mustache.compiler().escapeHTML(false).compile(text(template)).execute(facts);
  }

  private static String text(String resource) throws IOException {
    try (InputStream stream = Reproducers.class.getResourceAsStream(resource);
        Reader reader =
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    }
  }
}
