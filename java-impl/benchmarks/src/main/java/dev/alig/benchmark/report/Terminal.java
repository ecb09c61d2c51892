package dev.alig.benchmark.report;

import dev.alig.benchmark.bridge.BridgeResult;

/** A report as text for a terminal. */
public final class Terminal {
  private Terminal() {}

  /** Times and ratios of every run. */
  public static String of(Run run) {
    StringBuilder text = new StringBuilder();
    text.append(run.title()).append(": ").append(run.facts().kernels()).append("\n\n");
    RaceTables.times(run).forEach(table -> text.append(table.plain()).append("\n"));
    RaceTables.ratios(run).forEach(table -> text.append(table.plain()).append("\n"));
    return text.toString();
  }

  /** What the bridge costs. */
  public static String of(BridgeResult bridge) {
    return BridgeTable.of(bridge).plain() + "\n" + BridgeTable.comparedSteps(bridge) + "\n";
  }

  /** What is to be said of the whole. */
  public static String of(Report report) {
    return report.warning().orElse("");
  }
}
