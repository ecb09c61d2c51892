package dev.alig.conformance.report.page;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.Template;
import dev.alig.conformance.report.Report;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * {@code report.html}: one file that needs no other. Names and messages may hold whatever an
 * optimizer likes, so the page forbids the browser to fetch or run anything.
 */
@API(status = INTERNAL, since = "0.1")
public final class ReportPage {
  private ReportPage() {}

  /**
   * The page.
   *
   * @param folder the folder of the page; it shows curves and failures that lie there
   */
  public static String of(Report report, Path folder) {
    Mustache.Compiler html =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            .withFormatter(
                value -> value instanceof Long number ? Words.count(number) : value.toString());
    return Template.fill(ReportPage.class, "report", html, Page.of(report, folder));
  }
}
