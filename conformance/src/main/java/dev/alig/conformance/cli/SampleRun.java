package dev.alig.conformance.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.certificate.Certificate;
import dev.alig.conformance.certificate.CodeFile;
import dev.alig.conformance.certificate.Rerun;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.gate.Sample;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.python.EnvironmentException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a random sample of a certificate's cases in worker processes. */
final class SampleRun {
  private static final int CASES = 100;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "About how many random cases to run again (default: 100), beside the recorded worst"
              + " ones.")
  private int cases = CASES;

  @Option(
      names = "--sample-seed",
      paramLabel = "S",
      description = "What the choice of cases follows from (default: chance).")
  private long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);

  @Option(
      names = "--oracle",
      paramLabel = "ORACLE",
      description =
          "What to compare with: bundled, exact, or the folder of an alig package (default: as"
              + " certified).")
  private Optional<String> oracle = Optional.empty();

  @Mixin private TorchRelease torch = new TorchRelease();

  @Option(names = "--out", paramLabel = "DIR", description = "The folder of the re-run.")
  private Path folder = Path.of("conformance", "target", "verification");

  long seed() {
    return seed;
  }

  /**
   * Runs the sample.
   *
   * @param rerun hears what comes of it
   * @param given the jars, which are certified ones, as code
   * @param jars the same as files
   * @return why it says nothing; empty if it does
   */
  Optional<String> run(
      Rerun rerun, Certificate certificate, List<CodeFile> given, List<Path> jars, PrintStream out)
      throws IOException {
    if (cases < 1) {
      throw new IllegalArgumentException("--sample must be > 0, was " + cases);
    }
    List<ConformanceSuite> suites = Suites.named(names(certificate));
    Optional<String> others = others(certificate, suites, given);
    if (others.isPresent()) {
      return others;
    }
    GateSettings settings = settings(certificate);
    List<Implementation> subjects = suites.stream().map(ConformanceSuite::subject).toList();
    List<Task> tasks =
        subjects.stream().map(subject -> new Task(Task.What.SUBJECT, subject.name())).toList();
    Gate.clear(settings.out());
    sample(certificate, suites).write(settings.out());
    try {
      return new Workers(rerun::hear, WorkerProcess.SILENCE, jars)
          .run(settings, tasks, torch.environment(settings, out), Workers.fitting(tasks))
          .or(rerun::obstacle);
    } catch (EnvironmentException e) {
      return Optional.of("the Python environment cannot be had: " + e.getMessage());
    }
  }

  private static List<String> names(Certificate certificate) {
    return certificate.subjects().stream().map(Certificate.Subject::name).toList();
  }

  /** The certified jars that would not run, because others lie here and they were not given. */
  private static Optional<String> others(
      Certificate certificate, List<ConformanceSuite> suites, List<CodeFile> given) {
    Set<String> there =
        Stream.concat(
                given.stream(),
                suites.stream().flatMap(s -> CodeFile.of(s.subject().parts()).stream()))
            .map(CodeFile::sha256)
            .collect(toSet());
    String missing =
        certificate.subjects().stream()
            .flatMap(subject -> subject.jars().stream())
            .distinct()
            .filter(jar -> !there.contains(jar.sha256()))
            .map(jar -> "%s (SHA-256 %s)".formatted(jar.file(), jar.sha256()))
            .collect(joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the code here is not the certified one; name the certified " + missing);
  }

  private GateSettings settings(Certificate certificate) {
    String kind = certificate.oracle().kind();
    if (oracle.isEmpty() && !List.of(GateSettings.BUNDLED, GateSettings.EXACT).contains(kind)) {
      throw new IllegalArgumentException(
          "the oracle was a package of its own; name its folder with --oracle DIR");
    }
    return new GateSettings(
        oracle.orElse(kind),
        List.of(),
        certificate.tries(),
        certificate.seed(),
        Set.of(),
        folder.toAbsolutePath());
  }

  private Sample sample(Certificate certificate, List<ConformanceSuite> suites) {
    long drawn = suites.stream().mapToLong(SampleRun::drawn).sum() * certificate.tries();
    return new Sample(seed, Math.min(1, (double) cases / drawn), Rerun.worstCases(certificate));
  }

  /** How many properties of a suite draw cases. */
  private static long drawn(ConformanceSuite suite) {
    return Arrays.stream(suite.getClass().getMethods())
        .filter(method -> method.isAnnotationPresent(Property.class))
        .filter(method -> method.getParameterCount() > 0)
        .count();
  }
}
