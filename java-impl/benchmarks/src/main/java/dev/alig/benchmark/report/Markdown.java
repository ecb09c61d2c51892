package dev.alig.benchmark.report;

import dev.alig.benchmark.bridge.BridgeResult;
import java.util.Locale;

/** A report as Markdown, to be pasted into a README. */
final class Markdown {
  private Markdown() {}

  static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(origin(report)).append("\n");
    report.warning().ifPresent(busy -> text.append("\n**").append(busy).append("**\n"));
    for (Run run : report.runs()) {
      for (Table table : RaceTables.ratios(run)) {
        text.append("\n**").append(table.title()).append("**\n\n").append(table.markdown());
      }
      text.append("\nKernel: ").append(run.facts().kernels());
      text.append(". Probe: ").append(run.facts().probe()).append(".\n");
    }
    for (BridgeResult bridge : report.bridges()) {
      Table table = BridgeTable.of(bridge);
      text.append("\n**").append(table.title()).append("**\n\n").append(table.markdown());
      text.append("\n").append(BridgeTable.comparedSteps(bridge)).append(".\n");
    }
    return text.toString();
  }

  /** Machine, date, versions and load in a sentence or two. */
  private static String origin(Report report) {
    Machine machine = report.machine();
    String versions =
        report.runs().stream()
            .findFirst()
            .map(
                run -> {
                  var all = run.facts().versions();
                  return "torch %s, ND4J %s, TensorFlow %s"
                      .formatted(
                          all.getOrDefault("torch", "none"),
                          all.getOrDefault("nd4j", "none"),
                          all.getOrDefault("tensorflow", "none"));
                })
            .orElse("nothing ran");
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %s; %s; %s. Load average %.1f at the start, %.1f at the end. `%s`",
        machine.cpu(),
        machine.cores(),
        machine.os(),
        versions,
        report.date(),
        report.loadBefore(),
        report.loadAfter(),
        report.command());
  }
}
