package dev.alig.conformance.report;

import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.gate.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the report where suites run as tests of a project and not under {@code ci/conform}: once
 * all tests have ended, from the journal, on the requirements that were asked about.
 *
 * <p>JUnit finds it through its service file.
 */
public final class InProcessReport implements TestExecutionListener {
  /** The system property that, set to true, leaves the report to someone else. */
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
      Gate.ifOpen().ifPresent(gate -> write(gate, (System.nanoTime() - start) / 1e9));
    }
  }

  private static void write(Gate gate, double seconds) {
    gate.record(new Event.Finished());
    GateSettings settings = gate.settings();
    try {
      ReportBuilder builder = new ReportBuilder(settings).onWhatWasAsked();
      read(Journal.in(settings.out())).forEach(builder::add);
      Report report = builder.build(Optional.empty(), seconds);
      ReportWriter.write(report, settings.out());
      System.out.print(ReportTable.of(report));
      System.out.println("report: " + settings.out().toAbsolutePath().resolve("report.html"));
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + settings.out(), e);
    }
  }

  private static List<Event> read(Path journal) throws IOException {
    try (var lines = Files.lines(journal)) {
      return lines.map(InProcessReport::event).toList();
    }
  }

  private static Event event(String line) {
    try {
      return Journal.read(line);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal has a malformed line: " + line, e);
    }
  }
}
