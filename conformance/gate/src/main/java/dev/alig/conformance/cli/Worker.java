package dev.alig.conformance.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.apiguardian.api.API.Status.INTERNAL;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.report.InProcessReport;
import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceRun;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.subjects.PythonSubject;
import dev.alig.python.ChildProcess;
import dev.alig.python.EnvironmentException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the blocks of a run that no other worker has taken, and writes a journal. */
@API(status = INTERNAL, since = "0.1")
public final class Worker {
  private final ConformanceRun run;
  private final Map<String, ConformanceSuite> suites = new HashMap<>();
  private final Map<String, Long> properties;

  private Worker(ConformanceRun run, List<Block> blocks) {
    this.run = run;
    this.properties = blocks.stream().collect(groupingBy(Block::subject, counting()));
  }

  /** Takes the blocks of the run, which the arguments name; system properties say the rest. */
  public static void main(String[] arguments) {
    ChildProcess.endWithParent();
    // The supervisor writes the report.
    System.setProperty(InProcessReport.OFF, "true");
    try {
      List<Block> blocks = Arrays.stream(arguments).map(Block::of).toList();
      ConformanceRun run = ConformanceRun.get();
      Worker worker = new Worker(run, blocks);
      for (Block block : blocks) {
        if (Blocks.claim(block, run.settings().out())) {
          worker.run(block);
        }
      }
      run.record(new Event.Finished());
    } catch (OracleException | EnvironmentException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    // Python's threads must not keep the process.
    System.exit(0);
  }

  private ConformanceSuite begun(String subject) {
    return suites.computeIfAbsent(
        subject,
        name -> {
          ConformanceSuite suite = Suites.named(List.of(name)).get(0);
          if (suite.subject() instanceof PythonSubject python) {
            run.begin(python.torch());
          }
          run.begin(suite.subject(), Math.toIntExact(properties.getOrDefault(name, 0L)));
          return suite;
        });
  }

  private void run(Block block) {
    ConformanceSuite suite = begun(block.subject());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(suite.getClass()))
            .filters(named(block.property()))
            .configurationParameter("jqwik.database", "")
            .configurationParameter("jqwik.reporting.onlyfailures", "true")
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .build();
    run.limitTo(block);
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    summary
        .getSummary()
        .printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 20);
  }

  /** Selects one property. */
  private static PostDiscoveryFilter named(String property) {
    return test ->
        FilterResult.includedIf(
            test.getSource()
                .filter(source -> test.isTest() && source instanceof MethodSource)
                .map(source -> ((MethodSource) source).getMethodName().equals(property))
                .orElse(!test.isTest()));
  }
}
