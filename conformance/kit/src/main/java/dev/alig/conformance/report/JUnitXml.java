package dev.alig.conformance.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.alig.conformance.Template;
import dev.alig.conformance.report.Report.RequirementResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report in the format of JUnit's XML reports: one test suite per subject, one test case per
 * requirement. One more suite is the run itself: a run that proves nothing fails there, even if
 * every requirement was met.
 */
final class JUnitXml {
  private JUnitXml() {}

  private record Suite(
      Report.Subject subject,
      List<Case> cases,
      int tests,
      long failures,
      long errors,
      long skipped) {
    static Suite of(Report.Subject subject) {
      return new Suite(
          subject,
          subject.requirements().stream().map(Case::of).toList(),
          subject.requirements().size(),
          subject.count(Report.DIFFERS),
          subject.count(Report.BROKEN),
          subject.count(Report.INAPPLICABLE));
    }
  }

  /** A requirement; the problem is the name of its element, or an empty text. */
  private record Case(
      RequirementResult result, String problem, String headline, boolean inapplicable) {
    static Case of(RequirementResult result) {
      String problem =
          switch (result.verdict()) {
            case Report.DIFFERS -> "failure";
            case Report.BROKEN -> "error";
            default -> "";
          };
      boolean inapplicable = result.verdict().equals(Report.INAPPLICABLE);
      return new Case(result, problem, firstLine(result.message()), inapplicable);
    }
  }

  static String of(Report report) {
    boolean broken = report.verdict().equals(Report.BROKEN);
    Mustache.Lambda seconds =
        (fragment, out) ->
            out.write(String.format(Locale.ROOT, "%.3f", Double.valueOf(fragment.execute())));
    Map<String, Object> values =
        Map.of(
            "report",
            report,
            "broken",
            broken ? firstLine(report.reason()) : "",
            "seconds",
            seconds,
            "suites",
            report.subjects().stream().map(Suite::of).toList());
    Mustache.Compiler xml =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            .withEscaper(text -> Escapers.HTML.escape(legal(text)));
    return Template.fill(JUnitXml.class, "junit", xml, values);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** XML has no way to write most control characters, however escaped. */
  private static String legal(String text) {
    return text.replaceAll(
        "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
  }
}
