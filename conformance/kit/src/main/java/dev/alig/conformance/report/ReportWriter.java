package dev.alig.conformance.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.report.page.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * Writes {@code report.json} and its views: {@code report.html} for people, {@code junit.xml} and
 * {@code summary.md} for continuous integration, and {@code badge.svg}.
 */
@API(status = INTERNAL, since = "0.1")
public final class ReportWriter {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportWriter() {}

  /** Writes all of them into a folder. */
  public static void write(Report report, Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("report.json").toFile(), report);
    Files.writeString(folder.resolve("report.html"), ReportPage.of(report, folder));
    Files.writeString(folder.resolve("junit.xml"), JUnitXml.of(report));
    Files.writeString(folder.resolve("summary.md"), MarkdownSummary.of(report));
    Files.writeString(folder.resolve("badge.svg"), Badge.of(report));
  }
}
