package dev.alig.benchmark.report;

import dev.alig.benchmark.bridge.BridgeResult;
import java.util.List;

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
}
