package dev.alig.benchmark.report;

import dev.alig.benchmark.bridge.BridgeResult;
import dev.alig.benchmark.bridge.Crossing;
import dev.alig.benchmark.bridge.Split;
import dev.alig.benchmark.race.Quartiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the bridge costs as a table, with a column for each number of elements. */
final class BridgeTable {
  private BridgeTable() {}

  static Table of(BridgeResult bridge) {
    List<String> header = new ArrayList<>(List.of("µs, median (quartiles)"));
    bridge.crossings().forEach(c -> header.add(Numbers.of(c.elements()) + " elements"));
    List<List<String>> rows = new ArrayList<>();
    addSplit(rows, bridge, "in process", Crossing::inProcess);
    addSplit(rows, bridge, "over pipes", Crossing::overPipes);
    rows.add(row(bridge, "crossing, pipes / in process", Crossing::crossingRatio));
    rows.add(row(bridge, "step, pipes / in process", Crossing::stepRatio));
    String title = "One step of the oracle, JDK " + bridge.jdk();
    return new Table(title, header, rows);
  }

  /** How many steps are compared in a second, in words. */
  static String comparedSteps(BridgeResult bridge) {
    return "Compared steps a second, judge included: "
        + Numbers.of(bridge.comparedStepsPerSecond());
  }

  private static void addSplit(
      List<List<String>> rows, BridgeResult bridge, String way, Function<Crossing, Split> split) {
    rows.add(row(bridge, way + ": call", c -> split.apply(c).call()));
    rows.add(row(bridge, way + ": conversion", c -> split.apply(c).conversion()));
    rows.add(row(bridge, way + ": torch", c -> split.apply(c).torch()));
  }

  private static List<String> row(
      BridgeResult bridge, String label, Function<Crossing, Quartiles> value) {
    List<String> row = new ArrayList<>(List.of(label));
    bridge.crossings().forEach(c -> row.add(Numbers.of(value.apply(c))));
    return row;
  }
}
