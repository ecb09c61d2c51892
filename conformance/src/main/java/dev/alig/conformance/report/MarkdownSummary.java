package dev.alig.conformance.report;

import dev.alig.conformance.report.Report.RequirementResult;
import java.util.Locale;

/** The report as Markdown, such as continuous integration shows below a run. */
final class MarkdownSummary {
  private final StringBuilder text = new StringBuilder();

  private MarkdownSummary() {}

  static String of(Report report) {
    MarkdownSummary summary = new MarkdownSummary();
    summary.line("## ALI-G conformance: " + report.verdict());
    summary.fenced(report.reason());
    summary.subjects(report);
    summary.failures(report);
    summary.run(report);
    return summary.text.toString();
  }

  private void subjects(Report report) {
    line("| optimizer | version | met | differ | broken | inapplicable | cases | worst / bound |");
    line("|---|---|---:|---:|---:|---:|---:|---:|");
    for (Report.Subject subject : report.subjects()) {
      line(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %d | %d | %d | %,d | %.3f |",
              escaped(subject.name()),
              escaped(subject.version()),
              count(subject, Report.CONFORMS),
              count(subject, Report.DIFFERS),
              count(subject, Report.BROKEN),
              count(subject, Report.INAPPLICABLE),
              subject.requirements().stream().mapToLong(RequirementResult::cases).sum(),
              subject.requirements().stream().mapToDouble(r -> r.worst().ratio()).max().orElse(0)));
    }
    line("");
  }

  private static long count(Report.Subject subject, String verdict) {
    return subject.requirements().stream().filter(r -> r.verdict().equals(verdict)).count();
  }

  private void failures(Report report) {
    for (Report.Subject subject : report.subjects()) {
      for (RequirementResult result : subject.requirements()) {
        if (result.verdict().equals(Report.DIFFERS) || result.verdict().equals(Report.BROKEN)) {
          line("### %s, %s: %s".formatted(escaped(subject.name()), result.id(), result.verdict()));
          line("");
          line(escaped(result.title()));
          fenced(result.message());
        }
      }
    }
  }

  private void run(Report report) {
    line(
        "%s; oracle %s, torch %s; %s; seed %d, %d cases a property."
            .formatted(
                String.format(
                    Locale.ROOT,
                    "%,d steps compared in %.0f s",
                    report.steps(),
                    report.durationSeconds()),
                escaped(report.oracle().kind()),
                report.oracle().torch().isEmpty() ? "none" : escaped(report.oracle().torch()),
                escaped(report.host().jdk()),
                report.seed(),
                report.tries()));
    if (!report.strength().isEmpty()) {
      line("");
      line("Defective optimizers: " + escaped(report.strength()) + ".");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** Text as it is; nothing where there is none. */
  private void fenced(String content) {
    line("");
    if (!content.isEmpty()) {
      line(fence(content) + "text");
      content.lines().forEach(this::line);
      line(fence(content));
      line("");
    }
  }

  /** A fence that is longer than any within. */
  static String fence(String content) {
    StringBuilder fence = new StringBuilder("```");
    while (content.contains(fence)) {
      fence.append('`');
    }
    return fence.toString();
  }

  /** What Markdown and HTML would take for markup, and ends of lines, do nothing. */
  private static String escaped(String text) {
    return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|~&!])", "\\\\$1");
  }
}
