package dev.alig.conformance.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.alig.MomentumForm;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.cases.Reducer;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The two tests that a failure leaves behind both fail, and say the same. */
public final class ReproductionTest {
  @TempDir private Path folder;
  private Path report;

  /** An optimizer with the momentum forms swapped. */
  static final class Swapped implements Implementation {
    @Override
    public String name() {
      return "swapped";
    }

    @Override
    public Trace run(StepCase c) {
      MomentumForm other =
          c.form() == MomentumForm.STANDARD ? MomentumForm.ADJUSTED : MomentumForm.STANDARD;
      return new ExactOracle()
          .run(
              new StepCase(
                  c.id(),
                  c.dtype(),
                  c.eps(),
                  other,
                  c.radius(),
                  c.groups(),
                  c.steps(),
                  c.resumed()));
    }
  }

  /** The suite that would have found it. */
  public static final class SwappedSuite extends ConformanceSuite {
    @Override
    public Implementation subject() {
      return new Swapped();
    }
  }

  @BeforeEach
  void leaveAFailure() throws IOException {
    report = folder.resolve("failures").resolve("swapped-MOMENTUM_STANDARD");
    StepCase failing = firstFailing();
    Difference difference = difference(failing).orElseThrow();
    new FailureFolder(folder, new ExactOracle(), "", python().modulePath())
        .keep(
            "swapped-MOMENTUM_STANDARD",
            Requirement.MOMENTUM_STANDARD,
            failing,
            difference,
            "swapped",
            SwappedSuite.class);
  }

  @Test
  void bothTestsFailTheSameWay() throws Exception {
    String junit = junit();
    String pytest = pytest();
    List<String> facts = junit.lines().map(String::strip).filter(ReproductionTest::isFact).toList();
    assertThat(facts).as(junit).hasSize(3);
    assertThat(facts.get(0)).startsWith("where     step 0, group 0, ");
    for (String fact : facts) {
      assertThat(pytest).contains(fact);
    }
    assertThat(pytest).contains("1 failed");
  }

  @Test
  void aSubjectThatIsMendedPasses() {
    Reproduction.in(report).check(new ExactOracle());
  }

  private static boolean isFact(String line) {
    return line.startsWith("where  ")
        || line.startsWith("expected  ")
        || line.startsWith("actual  ");
  }

  private static StepCase firstFailing() {
    Arbitrary<StepCase> cases = Cases.ordinary().withMomentum(MomentumForm.STANDARD).arbitrary();
    StepCase failing =
        cases.sampleStream().filter(ReproductionTest::fails).findFirst().orElseThrow();
    return Reducer.reduce(failing, ReproductionTest::fails);
  }

  /**
   * Whether it differs where the caps decide: other step sizes are rounded as a norm was summed.
   */
  private static boolean fails(StepCase scripted) {
    List<Double> caps = scripted.groups().stream().map(Group::cap).toList();
    return new ExactOracle()
            .run(scripted).steps().stream().allMatch(step -> step.stepSizes().equals(caps))
        && difference(scripted).isPresent();
  }

  private static Optional<Difference> difference(StepCase scripted) {
    return new Judge(new ExactOracle()).compare(scripted, new Swapped())
            instanceof Verdict.Differs differs
        ? Optional.of(differs.first())
        : Optional.empty();
  }

  private String junit() throws Exception {
    Path source;
    try (Stream<Path> files = Files.list(report)) {
      source = files.filter(file -> file.toString().endsWith(".java")).findFirst().orElseThrow();
    }
    String classes = folder.resolve("classes").toString();
    String path = System.getProperty("java.class.path");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", classes, "-cp", path, source.toString());
    assertThat(status).isZero();
    String name = source.getFileName().toString().replace(".java", "");
    URL[] urls = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClass(loader.loadClass(getClass().getPackageName() + "." + name)))
              .build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, listener);
      assertThat(listener.getSummary().getTestsFailedCount()).isOne();
      return String.valueOf(listener.getSummary().getFailures().get(0).getException().getMessage());
    }
  }

  private String pytest() throws IOException, InterruptedException {
    ProcessBuilder builder =
        python().command(List.of("-m", "pytest", "-p", "no:cacheprovider", report.toString()));
    // The test finds the sources by itself.
    builder.environment().remove("PYTHONPATH");
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isOne();
    return text;
  }

  private static PythonEnvironment python() {
    return PythonEnvironment.prepare(System.err);
  }
}
