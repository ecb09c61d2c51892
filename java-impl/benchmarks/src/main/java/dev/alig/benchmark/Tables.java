package dev.alig.benchmark;

import dev.alig.benchmark.RaceResult.Timing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Races as tables in Markdown, one for each kind of setting, with a column per size. Cells are
 * padded, so that a terminal shows them well too.
 */
final class Tables {
  /** Digits of a time that mean something. */
  private static final int OF_TIMES = 3;

  /** Digits of a ratio that mean something. */
  private static final int OF_RATIOS = 2;

  private Tables() {}

  /** The tables, each under a title that begins with some words. */
  static String of(String title, List<RaceResult> races) {
    Map<String, List<RaceResult>> kinds =
        races.stream()
            .collect(
                Collectors.groupingBy(
                    race -> race.setting().kind(), LinkedHashMap::new, Collectors.toList()));
    return kinds.entrySet().stream()
        .map(
            kind -> "**%s, %s**\n\n%s\n".formatted(title, kind.getKey(), markdown(kind.getValue())))
        .collect(Collectors.joining());
  }

  private static String markdown(List<RaceResult> races) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row(
            "µs per step, median",
            races,
            race -> Optional.of(String.format(Locale.ROOT, "%,d", race.setting().n()))));
    Stream<Timing> timings = races.stream().flatMap(race -> race.timings().stream());
    for (Contender who : timings.map(Timing::contender).distinct().sorted().toList()) {
      rows.add(
          row(
              who.label(),
              races,
              race -> race.of(who).map(t -> number(t.quartiles().median(), OF_TIMES))));
    }
    Set<String> ratios = new LinkedHashSet<>();
    races.forEach(race -> ratios.addAll(race.ratios().keySet()));
    for (String name : ratios) {
      rows.add(
          row(
              name,
              races,
              race -> Optional.ofNullable(race.ratios().get(name)).map(Tables::ratio)));
    }
    return markdown(rows, races.size() + 1);
  }

  private static List<String> row(
      String label, List<RaceResult> races, Function<RaceResult, Optional<String>> cell) {
    Stream<String> cells = races.stream().map(race -> cell.apply(race).orElse(""));
    return Stream.concat(Stream.of(label), cells).toList();
  }

  /** A table whose first row is its header; its first column is on the left. */
  private static String markdown(List<List<String>> rows, int columns) {
    int[] widths = new int[columns];
    rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length())));
    List<String> rule = new ArrayList<>(Arrays.stream(widths).mapToObj("-"::repeat).toList());
    rule.replaceAll(dashes -> dashes.substring(1) + ":");
    rule.set(0, "-".repeat(widths[0]));
    List<List<String>> all = new ArrayList<>(rows);
    all.add(1, rule);
    return all.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> String.format("%" + (i == 0 ? "-" : "") + widths[i] + "s", row.get(i)))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** The median, and the quartiles in parentheses. */
  private static String ratio(Quartiles ratio) {
    return "%s (%s–%s)"
        .formatted(
            number(ratio.median(), OF_RATIOS),
            number(ratio.q1(), OF_RATIOS),
            number(ratio.q3(), OF_RATIOS));
  }

  /** A number with as many digits, or with all that stand before the point. */
  private static String number(double value, int digits) {
    int whole = (int) Math.floor(Math.log10(value)) + 1;
    int decimals = Math.max(0, Math.min(digits, digits - whole));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
