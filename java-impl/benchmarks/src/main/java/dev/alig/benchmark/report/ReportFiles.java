package dev.alig.benchmark.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a report as JSON, Markdown and a plot, and reads the JSON. */
public final class ReportFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportFiles() {}

  /**
   * Writes all files into a folder that exists.
   *
   * @return what is missing, if this JVM cannot draw the plot
   */
  public static Optional<String> write(Report report, Path folder) throws IOException {
    JSON.writeValue(json(folder).toFile(), report);
    Files.writeString(folder.resolve("benchmark.md"), Markdown.of(report), StandardCharsets.UTF_8);
    return Plot.write(report, folder.resolve("benchmark.png"));
  }

  /** Reads what {@link #write} wrote. */
  public static Report read(Path folder) throws IOException {
    return JSON.readValue(json(folder).toFile(), Report.class);
  }

  private static Path json(Path folder) {
    return folder.resolve("benchmark.json");
  }
}
