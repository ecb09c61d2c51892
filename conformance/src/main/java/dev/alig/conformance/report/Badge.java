package dev.alig.conformance.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The verdict as a small picture, to be shown in a README. */
final class Badge {
  private static final int CHARACTER = 7;
  private static final int MARGIN = 12;
  private static final String LABEL = "ALI-G";

  private Badge() {}

  static String of(Report report) {
    String message = message(report);
    int left = width(LABEL);
    int right = width(message);
    Map<String, Object> values =
        Map.of(
            "label",
            LABEL,
            "message",
            message,
            "color",
            color(report.verdict()),
            "left",
            left,
            "right",
            right,
            "width",
            left + right,
            "labelAt",
            left / 2,
            "messageAt",
            left + right / 2);
    try (InputStream stream = Badge.class.getResourceAsStream("badge.mustache");
        Reader template =
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
      return Mustache.compiler().compile(template).execute(values);
    } catch (IOException e) {
      throw new UncheckedIOException("the template of the badge cannot be read", e);
    }
  }

  /** The verdict; of a run that conforms, how many requirements its subjects met in all. */
  private static String message(Report report) {
    long met =
        report.subjects().stream()
            .flatMap(subject -> subject.requirements().stream())
            .filter(result -> result.verdict().equals(Report.CONFORMS))
            .count();
    return report.verdict().equals(Report.CONFORMS)
        ? "%s, %d requirements met".formatted(report.verdict(), met)
        : report.verdict();
  }

  private static int width(String text) {
    return text.length() * CHARACTER + MARGIN;
  }

  /** Dark enough for white letters. */
  private static String color(String verdict) {
    return switch (verdict) {
      case Report.CONFORMS -> "#1a7f37";
      case Report.DIFFERS -> "#b3261e";
      default -> "#8a5300";
    };
  }
}
