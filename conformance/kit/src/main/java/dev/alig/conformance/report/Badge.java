package dev.alig.conformance.report;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.Template;
import java.util.Map;

/** The verdict as a small picture, to be shown in a README. */
final class Badge {
  private static final int CHARACTER = 7;
  private static final int MARGIN = 12;
  private static final int LEFT = "ALI-G".length() * CHARACTER + MARGIN;

  private Badge() {}

  static String of(Report report) {
    boolean conforms = report.verdict().equals(Report.CONFORMS);
    String met = conforms ? ", %d requirements met".formatted(report.count(Report.CONFORMS)) : "";
    String message = report.verdict() + met;
    int right = message.length() * CHARACTER + MARGIN;
    Map<String, Object> values =
        Map.of(
            "message",
            message,
            "color",
            color(report.verdict()),
            "left",
            LEFT,
            "right",
            right,
            "width",
            LEFT + right,
            "labelAt",
            LEFT / 2,
            "messageAt",
            LEFT + right / 2);
    return Template.fill(Badge.class, "badge", Mustache.compiler(), values);
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
