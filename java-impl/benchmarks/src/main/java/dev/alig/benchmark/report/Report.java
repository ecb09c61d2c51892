package dev.alig.benchmark.report;

import dev.alig.benchmark.bridge.BridgeResult;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a command measured.
 *
 * @param date when it started, in UTC
 * @param command the switches it was given
 * @param loadBefore the machine's load when it started
 * @param loadAfter the machine's load when it ended
 */
public record Report(
    String date,
    String command,
    Machine machine,
    double loadBefore,
    double loadAfter,
    List<Run> runs,
    List<BridgeResult> bridges) {
  /** Copies the lists. */
  public Report {
    runs = List.copyOf(runs);
    bridges = List.copyOf(bridges);
  }

  /** With one more run, after which the machine has this load. */
  public Report with(Run run, double load) {
    List<Run> more = Stream.concat(runs.stream(), Stream.of(run)).toList();
    return new Report(date, command, machine, loadBefore, load, more, bridges);
  }

  /** With the bridge, after which the machine has this load. */
  public Report with(BridgeResult bridge, double load) {
    return new Report(date, command, machine, loadBefore, load, runs, List.of(bridge));
  }
}
