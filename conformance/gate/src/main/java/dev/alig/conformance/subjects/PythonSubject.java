package dev.alig.conformance.subjects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.SameBits;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.judge.TorchRefusals;
import dev.alig.conformance.model.Provenance;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.RefusedSettingsException;
import dev.alig.conformance.torch.TorchLoader;
import dev.alig.conformance.torch.TorchOracle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The subject python: the bundled package {@code alig}, or the package in the folder that the
 * system property {@value #PACKAGE} names. Python starts at the first call that needs it.
 */
public final class PythonSubject implements Implementation {
  /** The subject's name. */
  public static final String NAME = "python";

  /** The system property that names the folder of the package. */
  public static final String PACKAGE = "alig.package";

  private @Nullable TorchOracle open;
  private @Nullable Ran last;

  /** The result of a case: a trace, or the reason why the package refuses the case. */
  private record Ran(StepCase scripted, Optional<Trace> trace, Optional<String> refusal) {}

  /** The folder of the package; empty for the bundled one. */
  public static Optional<Path> folder() {
    return Optional.of(System.getProperty(PACKAGE, ""))
        .filter(text -> !text.isBlank())
        .map(Path::of);
  }

  /** The package, opened at the first call. */
  public synchronized TorchOracle torch() {
    TorchOracle torch = open;
    if (torch == null) {
      torch = new TorchLoader().load(folder());
      open = torch;
    }
    return torch;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The subject's code is in no jar. */
  @Override
  public List<Class<?>> parts() {
    return List.of();
  }

  @Override
  public String version() {
    return "torch " + torch().version();
  }

  @Override
  public String digest() {
    return torch().digest();
  }

  @Override
  public Algorithm algorithm() {
    return torch().algorithm();
  }

  @Override
  public SameBits sameBits(Provenance recorded) {
    return torch().sameBits(recorded);
  }

  /**
   * Why the package's constructor refuses the settings, or why torch cannot convert a step size.
   */
  @Override
  public Optional<String> inapplicable(StepCase scripted) {
    return ran(scripted).refusal();
  }

  @Override
  public Trace run(StepCase scripted) {
    Ran ran = ran(scripted);
    return ran.trace()
        .orElseThrow(() -> new IllegalArgumentException(ran.refusal().orElse("refused")));
  }

  private synchronized Ran ran(StepCase scripted) {
    Ran ran = last;
    if (ran == null || !ran.scripted().equals(scripted)) {
      ran = runNow(scripted);
      last = ran;
    }
    return ran;
  }

  private Ran runNow(StepCase scripted) {
    try {
      Trace trace = torch().run(scripted);
      return trace.raised().isPresent() && hasReason(scripted, trace)
          ? refused(
              scripted, "torch cannot take a step with this gradient: " + trace.raised().get())
          : new Ran(scripted, Optional.of(trace), Optional.empty());
    } catch (RefusedSettingsException e) {
      return refused(scripted, String.valueOf(e.getMessage()));
    }
  }

  private static Ran refused(StepCase scripted, String why) {
    return new Ran(scripted, Optional.empty(), Optional.of(why));
  }

  /** Whether the error is a known one: a number of the exact step is out of torch's range. */
  private static boolean hasReason(StepCase scripted, Trace trace) {
    int k = trace.steps().size();
    TracedStep due = new ExactOracle().run(scripted.oneStep(trace, k)).steps().get(0);
    return TorchRefusals.isKnown(scripted, scripted.steps().get(k), due.stepSizes());
  }

  @Override
  public List<Trace> runAll(List<StepCase> cases) {
    return cases.size() == 1 ? List.of(run(cases.get(0))) : torch().runAll(cases);
  }

  @Override
  public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    return torch().runGiven(scripted, stepSizes);
  }
}
