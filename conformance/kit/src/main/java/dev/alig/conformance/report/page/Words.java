package dev.alig.conformance.report.page;

import dev.alig.conformance.report.Report;
import java.util.List;
import java.util.Locale;

/** Numbers and verdicts as the page words them. */
final class Words {
  private static final int MINUTE = 60;

  /** Stands for a missing number. */
  static final String NONE = "–";

  private Words() {}

  /** A count, such as {@code 12,345}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Part of a whole, such as {@code 3 of 4}. */
  static String of(long part, long whole) {
    return count(part) + " of " + count(whole);
  }

  /** A noun with its number, such as {@code 1 case}, {@code 2 cases}. */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A ratio of at most 1, such as {@code 0.123}. */
  static String ratio(double ratio) {
    return String.format(
        Locale.ROOT, Math.abs(ratio) < 0.001 && ratio != 0 ? "%.1e" : "%.3f", ratio);
  }

  /** A small number, such as {@code 1.2e-13}. */
  static String small(double number) {
    return number == 0 ? "0" : String.format(Locale.ROOT, "%.1e", number);
  }

  /** The length of a bar, from 0 to 1, for the style sheet; NaN fills it. */
  static String share(double ratio) {
    double shown = ratio >= 0 && ratio <= 1 ? ratio : 1;
    return String.format(Locale.ROOT, "%.3f", shown);
  }

  /** A part of a whole, such as {@code 12 %}; only all of it is 100 %. */
  static String percent(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    return percent > 99.9 && part < whole
        ? "over 99.9 %"
        : percent < 0.1
            ? "under 0.1 %"
            : String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** A length of time, such as {@code 12.3 s} or {@code 5 min 3 s}. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    return seconds < MINUTE
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : "%d min %d s".formatted(whole / MINUTE, whole % MINUTE);
  }

  /** Names in a row, such as {@code a, b and c}. */
  static String list(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** A sign for a verdict, for readers who do not see its colour. */
  static String mark(String verdict) {
    return switch (verdict) {
      case Report.CONFORMS -> "✓";
      case Report.DIFFERS -> "≠";
      case Report.INAPPLICABLE -> "–";
      default -> "✗";
    };
  }
}
