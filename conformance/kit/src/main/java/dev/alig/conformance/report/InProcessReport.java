package dev.alig.conformance.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.run.ConformanceRun;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the report of suites that run as tests of a project: once, after all tests, on the
 * requirements that they asked about. Under {@code ci/conform} the supervisor writes it.
 *
 * <p>JUnit finds this class through its service file.
 */
@API(status = INTERNAL, since = "0.1")
public final class InProcessReport implements TestExecutionListener {
  /** The system property that switches this report off. */
  public static final String OFF = "conformance.report.off";

  private long start = System.nanoTime();

  /** For JUnit. */
  public InProcessReport() {}

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    start = System.nanoTime();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!Boolean.getBoolean(OFF)) {
      ConformanceRun.ifOpen().ifPresent(run -> write(run, (System.nanoTime() - start) / 1e9));
    }
  }

  private static void write(ConformanceRun run, double seconds) {
    run.record(new Event.Finished());
    ConformanceSettings settings = run.settings();
    ReportBuilder builder = new ReportBuilder(settings).onWhatWasAsked();
    try (Stream<String> lines = Files.lines(Journal.in(settings.out()))) {
      lines.map(Journal::read).forEach(builder::add);
      Report report = builder.build(Optional.empty(), seconds);
      ReportWriter.write(report, settings.out());
      System.out.print(ReportTable.of(report));
      System.out.println("report: " + settings.out().toAbsolutePath().resolve("report.html"));
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + settings.out(), e);
    }
  }
}
