package dev.alig.conformance.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes {@code report.json}, the truth, and {@code report.html}, a view of it. */
public final class ReportWriter {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportWriter() {}

  /** Writes both into a folder. */
  public static void write(Report report, Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("report.json").toFile(), report);
    Files.writeString(folder.resolve("report.html"), html(report));
  }

  private static String html(Report report) throws IOException {
    Mustache.Formatter numbers =
        value ->
            value instanceof Double number
                ? String.format(Locale.ROOT, "%.3g", number)
                : String.valueOf(value);
    try (InputStream stream = ReportWriter.class.getResourceAsStream("report.mustache");
        Reader template =
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
      return Mustache.compiler()
          .withFormatter(numbers)
          .compile(template)
          .execute(Map.of("report", report));
    }
  }
}
