package dev.alig.conformance.report;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.Template;
import dev.alig.conformance.report.Report.RequirementResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as Markdown, such as continuous integration shows below a run. */
final class MarkdownSummary {
  private MarkdownSummary() {}

  private record Line(
      Report.Subject subject,
      long met,
      long differ,
      long broken,
      long inapplicable,
      String cases,
      String worst) {
    static Line of(Report.Subject subject) {
      List<RequirementResult> results = subject.requirements();
      return new Line(
          subject,
          subject.count(Report.CONFORMS),
          subject.count(Report.DIFFERS),
          subject.count(Report.BROKEN),
          subject.count(Report.INAPPLICABLE),
          number("%,d", results.stream().mapToLong(RequirementResult::cases).sum()),
          number("%.3f", results.stream().mapToDouble(r -> r.worst().ratio()).max().orElse(0)));
    }
  }

  private record Failure(String subject, RequirementResult result, String message) {}

  static String of(Report report) {
    List<Failure> failures =
        report.subjects().stream()
            .flatMap(
                subject ->
                    subject.requirements().stream()
                        .filter(RequirementResult::unmet)
                        .map(
                            result ->
                                new Failure(subject.name(), result, fenced(result.message()))))
            .toList();
    String torch = report.oracle().torch();
    Map<String, Object> values =
        Map.of(
            "report", report,
            "reason", fenced(report.reason()),
            "subjects", report.subjects().stream().map(Line::of).toList(),
            "failures", failures,
            "steps", number("%,d", report.steps()),
            "seconds", number("%.0f", report.durationSeconds()),
            "torch", torch.isEmpty() ? "none" : torch);
    Mustache.Compiler markdown =
        Mustache.compiler().emptyStringIsFalse(true).withEscaper(Markdown::escaped);
    return Template.fill(MarkdownSummary.class, "summary", markdown, values);
  }

  private static String number(String format, Object number) {
    return String.format(Locale.ROOT, format, number);
  }

  /** Text as it is; nothing if there is none. */
  private static String fenced(String content) {
    String fence = fence(content);
    String lines = content.stripTrailing();
    return content.isEmpty() ? "" : "%stext\n%s\n%s".formatted(fence, lines, fence);
  }

  /** A fence that is longer than any within. */
  static String fence(String content) {
    StringBuilder fence = new StringBuilder("```");
    while (content.contains(fence)) {
      fence.append('`');
    }
    return fence.toString();
  }
}
