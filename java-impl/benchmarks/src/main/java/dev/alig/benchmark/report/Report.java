package dev.alig.benchmark.report;

import dev.alig.benchmark.bridge.BridgeResult;
import java.util.List;
import java.util.Optional;
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

  /**
   * A warning, if other processes wanted half of the processors or more.
   *
   * <p>A thread that is kept waiting holds up all that wait for it. OpenMP, in torch and ND4J,
   * waits actively at the end of every operation, so that ratios on a busy machine flatter us.
   */
  Optional<String> warning() {
    // The last contenders' own threads count in the load after the run, so that only that before is
    // anybody else's.
    return loadBefore > machine.cores() / 2.0
        ? Optional.of("The machine was busy: these figures flatter whoever uses few threads.")
        : Optional.empty();
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
