package dev.alig.benchmark.report;

import dev.alig.benchmark.race.Quartiles;
import java.util.Locale;

/** Numbers with some three digits that mean something. */
final class Numbers {
  private Numbers() {}

  static String of(double value) {
    double size = Math.abs(value);
    int decimals = size < 10 ? 2 : size < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** The median, and the quartiles in parentheses. */
  static String of(Quartiles quartiles) {
    return "%s (%s–%s)".formatted(of(quartiles.median()), of(quartiles.q1()), of(quartiles.q3()));
  }

  static String of(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
