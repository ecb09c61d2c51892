package dev.alig.conformance.report.page;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * {@code report.html}: one file that needs nothing else, and forbids its browser to fetch or run
 * anything, since names and messages may hold whatever an optimizer likes.
 */
public final class ReportPage {
  private ReportPage() {}

  /**
   * The page.
   *
   * @param folder where it will lie; curves and a release matrix that lie there or beside are shown
   */
  public static String of(Report report, Path folder) {
    Mustache.Compiler compiler =
        Mustache.compiler().emptyStringIsFalse(true).withLoader(ReportPage::template);
    try (Reader page = template("report")) {
      return compiler.compile(page).execute(Page.of(report, folder));
    } catch (IOException e) {
      throw new UncheckedIOException("the template of the report cannot be read", e);
    }
  }

  private static Reader template(String name) {
    InputStream stream = ReportPage.class.getResourceAsStream(name + ".mustache");
    return new InputStreamReader(Objects.requireNonNull(stream, name), StandardCharsets.UTF_8);
  }
}
