package dev.alig.conformance.cli;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.defects.Catalogue;
import dev.alig.conformance.defects.Defect.Kind;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.report.InProcessReport;
import dev.alig.python.ChildProcess;
import dev.alig.python.EnvironmentException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs those tasks of a run that no other worker has taken, and writes a journal. */
public final class Worker {
  private Worker() {}

  /** Takes all tasks of the run; the rest comes from system properties. */
  public static void main(String[] tasks) {
    ChildProcess.endWithParent();
    // The supervisor writes the report.
    System.setProperty(InProcessReport.OFF, "true");
    try {
      Gate gate = Gate.get();
      for (String argument : tasks) {
        Task task = Task.of(argument);
        if (task.claim(gate.settings().out())) {
          run(gate, task);
        }
      }
      gate.record(new Event.Finished());
    } catch (OracleException | EnvironmentException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    // Python's threads must not keep the process.
    System.exit(0);
  }

  private static void run(Gate gate, Task task) {
    switch (task.what()) {
      case SUBJECT -> Suites.named(List.of(task.name())).forEach(suite -> run(gate, suite));
      case DEFECTS -> {
        List<Implementation> subjects =
            Suites.named(List.of()).stream().map(ConformanceSuite::subject).toList();
        Catalogue.run(gate, Kind.of(task.name()), subjects);
      }
    }
  }

  private static void run(Gate gate, ConformanceSuite suite) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(suite.getClass()))
            .configurationParameter("jqwik.database", "")
            .configurationParameter("jqwik.reporting.onlyfailures", "true")
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .build();
    Launcher launcher = LauncherFactory.create();
    TestPlan plan = launcher.discover(request);
    int properties = (int) plan.countTestIdentifiers(id -> id.isTest());
    gate.begin(suite.subject(), properties);
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    launcher.execute(plan, summary);
    summary
        .getSummary()
        .printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 20);
  }
}
