package dev.alig.conformance.releases;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.releases.ReleasesReport.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The matrices of a run over releases, as a piece of a page that has the style of a report. */
public final class ReleaseTables {
  private ReleaseTables() {}

  /** What changed bit by bit, and the requirements of each optimizer on each release. */
  public static String of(ReleasesReport report) {
    return html(
        "tables",
        Map.of(
            "bits",
            Matrix.ofBits(report),
            "changed",
            report.steps().stream().filter(ReleaseTables::hasChanges).toList(),
            "subjects",
            Matrix.ofSubjects(report)));
  }

  /** The same of the run whose results lie in a folder; nothing where none do. */
  public static Optional<String> in(Path folder) {
    return RunFolder.report(folder).filter(run -> !run.releases().isEmpty()).map(ReleaseTables::of);
  }

  private static boolean hasChanges(Step step) {
    return !step.bits().isEmpty() || !step.verdicts().isEmpty();
  }

  /** What a template makes of some values. */
  static String html(String template, Map<String, Object> values) {
    Mustache.Compiler compiler =
        Mustache.compiler().emptyStringIsFalse(true).withLoader(ReleaseTables::reader);
    try (Reader reader = reader(template)) {
      return compiler.compile(reader).execute(values);
    } catch (IOException e) {
      throw new UncheckedIOException("the templates of the releases cannot be read", e);
    }
  }

  private static Reader reader(String template) {
    InputStream stream = ReleaseTables.class.getResourceAsStream(template + ".mustache");
    return new InputStreamReader(Objects.requireNonNull(stream, template), StandardCharsets.UTF_8);
  }
}
