package dev.alig.benchmark.report;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.race.Comparison;
import dev.alig.benchmark.race.RaceResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The races of a run as tables, one for each kind of setting, with a column a size. */
final class RaceTables {
  private static final String NOTHING = "";

  private RaceTables() {}

  /** µs a step of every contender. */
  static List<Table> times(Run run) {
    return tables(
        run,
        "µs a step",
        races -> {
          Map<String, List<String>> rows = new LinkedHashMap<>();
          for (Contender contender : Contender.values()) {
            rows.put(contender.label(), cells(races, race -> time(race, contender)));
          }
          return rows;
        });
  }

  /** µs of our step, and what others take by comparison. */
  static List<Table> ratios(Run run) {
    return tables(
        run,
        "median (quartiles)",
        races -> {
          Map<String, List<String>> rows = new LinkedHashMap<>();
          String ours = Contender.OURS.label() + ", µs a step";
          rows.put(ours, cells(races, race -> time(race, Contender.OURS)));
          for (Comparison comparison : Comparison.values()) {
            rows.put(
                comparison.label(), cells(races, race -> comparison.of(race).map(Numbers::of)));
          }
          return rows;
        });
  }

  private static Optional<String> time(RaceResult race, Contender contender) {
    return race.of(contender).map(timing -> Numbers.of(timing.quartiles().median()));
  }

  private static List<String> cells(
      List<RaceResult> races, Function<RaceResult, Optional<String>> cell) {
    return races.stream().map(race -> cell.apply(race).orElse(NOTHING)).toList();
  }

  private static List<Table> tables(
      Run run, String corner, Function<List<RaceResult>, Map<String, List<String>>> rows) {
    return kinds(run).stream().map(races -> table(run, corner, races, rows.apply(races))).toList();
  }

  /** The races of each kind, in order of first appearance. */
  private static Collection<List<RaceResult>> kinds(Run run) {
    return run.races().stream()
        .collect(
            Collectors.groupingBy(
                race -> race.setting().kind(), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private static Table table(
      Run run, String corner, List<RaceResult> races, Map<String, List<String>> rows) {
    List<String> header = new ArrayList<>(List.of(corner));
    races.forEach(race -> header.add(Numbers.of(race.setting().n())));
    List<List<String>> all = new ArrayList<>();
    rows.forEach(
        (label, cells) -> {
          if (cells.stream().anyMatch(cell -> !cell.equals(NOTHING))) {
            List<String> row = new ArrayList<>(List.of(label));
            row.addAll(cells);
            all.add(row);
          }
        });
    return new Table(run.title() + ", " + races.get(0).setting().kind(), header, all);
  }
}
