package dev.alig.conformance.properties;

import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.coverage.Circumstances;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.differences.Declared;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Extremes;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.properties.PropertyFailure.CaseBroke;
import dev.alig.conformance.properties.PropertyFailure.CaseDiffers;
import dev.alig.conformance.properties.PropertyFailure.TrainingDiffers;
import dev.alig.conformance.run.ConformanceRun;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Event.Outcome;
import dev.alig.conformance.trained.CurveFile;
import dev.alig.conformance.trained.TrainedOutcome;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what one property compares. The thread of the property has one.
 *
 * <p>After the first failure nothing is counted: what follows looks for what failures have in
 * common.
 */
final class PropertyStatistics {
  private static final ThreadLocal<PropertyStatistics> CURRENT = new ThreadLocal<>();

  private static final long NANOS_BETWEEN_EVENTS = 500_000_000;

  private final PropertyContext property;
  private final Failures failures;
  private long cases;
  private long comparisons;
  private long steps;
  private long inapplicable;
  private final Set<Pair> pairs = new LinkedHashSet<>();
  private final Map<Pair, String> excused = new LinkedHashMap<>();
  private Worst worst = Worst.NONE;
  private final Map<DType, Extremes> extremes = new EnumMap<>(DType.class);
  private final KernelCounts kernels = new KernelCounts();
  private boolean failed;
  private String reason = "";
  private long lastEvent = System.nanoTime();

  private PropertyStatistics(PropertyContext property, Failures failures) {
    this.property = property;
    this.failures = failures;
  }

  /** Starts to count a property that runs on this thread. */
  static PropertyStatistics start(PropertyContext property, Failures failures) {
    PropertyStatistics statistics = new PropertyStatistics(property, failures);
    CURRENT.set(statistics);
    return statistics;
  }

  /** Those of the property that runs on this thread. */
  static PropertyStatistics current() {
    PropertyStatistics statistics = CURRENT.get();
    if (statistics == null) {
      throw new IllegalStateException(
          "a property of the suite runs outside jqwik, or its class does not extend"
              + " ConformanceSuite");
    }
    return statistics;
  }

  /** The run that the property belongs to. */
  ConformanceRun run() {
    return property.run();
  }

  /** How many cases were compared. */
  long cases() {
    return cases;
  }

  /** Notes which circumstances met in a case that agrees. */
  void ran(StepCase scripted, Trace trace) {
    pairs.addAll(Circumstances.pairs(scripted, trace));
  }

  /** Notes pairs of circumstances that the subject cannot show, each with the reason. */
  void excuse(Map<Pair, String> reasons) {
    excused.putAll(reasons);
  }

  /**
   * Counts a verdict on a case.
   *
   * @throws PropertyFailure if there have been enough failures, or the case could not be run
   */
  void count(Verdict verdict, StepCase scripted) {
    count(verdict, scripted, true, Optional.empty());
    countSteps(verdict, scripted);
  }

  /** Counts a verdict on a case that several kernels ran. */
  void count(EveryKernel.Judged judged, StepCase scripted, EveryKernel kernels) {
    count(judged.verdict(), scripted, true, Optional.of(kernels));
    countSteps(judged.verdict(), scripted);
  }

  /** Counts a verdict that a smaller case would not show; its steps are not compared. */
  void countIrreducible(Verdict verdict, StepCase scripted) {
    count(verdict, scripted, false, Optional.empty());
  }

  private void countSteps(Verdict verdict, StepCase scripted) {
    if (verdict instanceof Verdict.Agrees && !failed) {
      steps += scripted.steps().size();
      failures.declared().agreed(scripted);
    }
  }

  private void count(
      Verdict verdict, StepCase scripted, boolean reducible, Optional<EveryKernel> kernels) {
    if (verdict instanceof Verdict.Agrees agrees) {
      agreed(agrees, scripted.dtype());
    } else if (verdict instanceof Verdict.Inapplicable excuse) {
      skip(excuse.why());
    } else if (verdict instanceof Verdict.Differs differs) {
      List<Declared> declared = failures.declared().declaring(scripted, differs.first());
      if (declared.isEmpty()) {
        countFailure();
        failures.add(new CaseDiffers(differs.first(), scripted, reducible, kernels));
      } else {
        countDeclared(declared);
      }
    } else if (verdict instanceof Verdict.Broken broken) {
      List<Declared> declared = failures.declared().raising(scripted, broken.cause());
      if (declared.isEmpty()) {
        countFailure();
        throw new CaseBroke(broken.stage(), broken.cause(), scripted);
      }
      countDeclared(declared);
    }
  }

  private void countDeclared(List<Declared> entries) {
    failures.declared().differed(entries);
    passed(0);
  }

  /** Counts comparisons that have no case, and how many could not be made. */
  void count(long compared, long notAsked) {
    cases += compared;
    comparisons += compared;
    inapplicable += notAsked;
  }

  /** Counts the kernels that a case was judged on. */
  void countKernels(EveryKernel.Judged judged) {
    if (!failed) {
      kernels.add(judged);
    }
  }

  /**
   * Counts what became of a trained case.
   *
   * @throws TrainingDiffers if it differs and was not declared
   */
  void count(TrainedOutcome outcome, TrainingCase trained, Requirement requirement) {
    String subject = property.subject().name();
    Path curve = CurveFile.write(run().settings().out(), subject, outcome);
    run().record(new Event.TrainedCompared(subject, requirement, outcome.summary()));
    if (outcome.verdict() instanceof Verdict.Agrees agrees) {
      worst = worst.or(agrees.worst());
      advance(agrees.comparisons());
    } else if (outcome.verdict() instanceof Verdict.Differs differs) {
      Optional<StepCase> asked = differs.first().finding().map(Finding::asked);
      List<Declared> declared =
          asked
              .map(step -> failures.declared().declaring(step, differs.first()))
              .orElseGet(List::of);
      if (!declared.isEmpty()) {
        countDeclared(declared);
        return;
      }
      countFailure();
      failures.explain(trained.id(), differs.first());
      throw new TrainingDiffers(
          differs
              .first()
              .framed(
                  List.of(new Fact("case", trained.describe())),
                  List.of(new Fact("curve", curve.toString()))));
    } else if (outcome.verdict() instanceof Verdict.Broken broken) {
      countFailure();
      throw new IllegalStateException(
          "%s: %s, in case %s".formatted(broken.stage(), broken.cause(), trained.describe()),
          broken.cause());
    } else if (outcome.verdict() instanceof Verdict.Inapplicable excuse) {
      skip(excuse.why());
    }
  }

  /**
   * Counts a verdict on a case of another optimizer than the subject's.
   *
   * @throws TrainingDiffers if the optimizer differs from its original
   */
  void countBaseline(Verdict verdict, StepCase scripted, String optimizer) {
    if (verdict instanceof Verdict.Agrees agrees) {
      agreed(agrees, scripted.dtype());
      steps += scripted.steps().size();
    } else if (verdict instanceof Verdict.Differs differs) {
      countFailure();
      List<Fact> of =
          List.of(new Fact("optimizer", optimizer), new Fact("case", scripted.describe()));
      throw new TrainingDiffers(differs.first().framed(of, List.of()));
    } else if (verdict instanceof Verdict.Broken broken) {
      countFailure();
      throw new CaseBroke(broken.stage(), broken.cause(), scripted);
    } else if (verdict instanceof Verdict.Inapplicable excuse) {
      skip(excuse.why());
    }
  }

  /** Counts a check that does not apply. */
  void skip() {
    inapplicable++;
  }

  /** Counts a case that does not apply, and why. */
  void skip(String why) {
    skip();
    reason = why;
  }

  /** Counts a case that passed without a verdict, such as one that differs as declared. */
  void passed(long numbers) {
    if (!failed) {
      advance(numbers);
    }
  }

  private void agreed(Verdict.Agrees agrees, DType dtype) {
    if (!failed) {
      worst = worst.or(agrees.worst());
      Extremes found = new Extremes(dtype, agrees.subject(), agrees.oracle());
      extremes.merge(dtype, found, Extremes::and);
      advance(agrees.comparisons());
    }
  }

  /** Tells the journal, now and then, that a long case is still running. */
  void alive() {
    long now = System.nanoTime();
    if (now - lastEvent > NANOS_BETWEEN_EVENTS) {
      lastEvent = now;
      run().record(new Event.Advanced(property.subject().name(), property.name(), cases));
    }
  }

  private void advance(long numbers) {
    cases++;
    comparisons += numbers;
    alive();
  }

  private void countFailure() {
    if (!failed) {
      cases++;
      failed = true;
    }
  }

  /** Whether every case was one that could not be asked of the subject or of the oracle. */
  boolean nothingApplied() {
    return cases == 0 && inapplicable > 0;
  }

  /** Why nothing applied, or an empty text. */
  String reason() {
    return nothingApplied() ? reason : "";
  }

  /** Records what the property compared and how it ended. */
  void recordEnd(Outcome outcome, String message, double seconds) {
    String subject = property.subject().name();
    String name = property.name();
    List<Requirement> requirements = property.requirements();
    for (Extremes found : extremes.values()) {
      run().record(new Event.Measured(subject, name, requirements, found));
    }
    List<String> met = pairs.stream().map(Pair::toString).toList();
    Map<String, String> reasons = new LinkedHashMap<>();
    excused.forEach((pair, why) -> reasons.put(pair.toString(), why));
    run().record(new Event.Covered(subject, name, met, reasons, inapplicable));
    if (requirements.contains(Requirement.KERNELS)) {
      run().record(new Event.KernelsJudged(subject, kernels.of(property.subject().variants())));
    }
    run()
        .record(
            new Event.PropertyEnded(
                subject,
                name,
                requirements,
                outcome,
                cases,
                comparisons,
                steps,
                worst,
                message,
                seconds));
  }
}
