package dev.alig.conformance.properties;

import dev.alig.conformance.DType;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Extremes;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Trained;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.Worst;
import dev.alig.conformance.coverage.Circumstances;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.theorems.TrialResult;
import dev.alig.conformance.trained.CurveFile;
import dev.alig.conformance.trained.TrainedOutcome;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what one property compares; the property's own thread has one. */
final class Tally {
  private static final ThreadLocal<Tally> CURRENT = new ThreadLocal<>();

  /** How often the journal hears of progress. */
  private static final long EVERY_NANOS = 500_000_000;

  private final String subject;
  private final String property;
  private long cases;
  private long comparisons;
  private long steps;
  private long inapplicable;
  private final Set<Pair> pairs = new LinkedHashSet<>();
  private final Map<Pair, String> excused = new LinkedHashMap<>();
  private Worst worst = Worst.NONE;
  private final Map<DType, Extremes> extremes = new EnumMap<>(DType.class);
  private boolean failed;
  private String reason = "";
  private long lastWord = System.nanoTime();

  private Tally(String subject, String property) {
    this.subject = subject;
    this.property = property;
  }

  static Tally start(String subject, String property) {
    Tally tally = new Tally(subject, property);
    CURRENT.set(tally);
    return tally;
  }

  static Tally current() {
    Tally tally = CURRENT.get();
    if (tally == null) {
      throw new IllegalStateException(
          "a property of the suite runs outside jqwik, or its class does not extend"
              + " ConformanceSuite");
    }
    return tally;
  }

  long cases() {
    return cases;
  }

  long comparisons() {
    return comparisons;
  }

  /**
   * The steps of the cases that agree; those of theorems, which nothing is compared with, aside.
   */
  long steps() {
    return steps;
  }

  /** Cases that could not be asked of the subject or of the oracle. */
  long inapplicable() {
    return inapplicable;
  }

  /** The pairs of circumstances that met in cases that agree. */
  Set<Pair> pairs() {
    return pairs;
  }

  /** The pairs that the subject cannot show, and why. */
  Map<Pair, String> excused() {
    return excused;
  }

  /** Takes note of what met in a case that agrees. */
  void ran(Scripted scripted, Trace trace) {
    pairs.addAll(Circumstances.pairs(scripted, trace));
  }

  /** Takes note of pairs that the subject cannot show. */
  void excuse(Map<Pair, String> reasons) {
    excused.putAll(reasons);
  }

  boolean nothingApplied() {
    return cases == 0 && inapplicable > 0;
  }

  Worst worst() {
    return worst;
  }

  Collection<Extremes> extremes() {
    return extremes.values();
  }

  /** Counts a verdict; throws if it is a failure. After the first failure only throws. */
  void count(Verdict verdict, Scripted scripted) {
    judge(verdict, scripted);
    if (verdict instanceof Verdict.Agrees && !failed) {
      steps += scripted.steps().size();
    }
  }

  private void judge(Verdict verdict, Scripted scripted) {
    if (verdict instanceof Verdict.Agrees agrees) {
      agreed(agrees, scripted);
    } else if (verdict instanceof Verdict.Inapplicable excused) {
      skip(excused.why());
    } else if (verdict instanceof Verdict.Differs differs) {
      countFailure();
      throw new Disagreement(differs.first(), scripted);
    } else if (verdict instanceof Verdict.Broken broken) {
      countFailure();
      throw new Breakdown(broken.stage(), broken.cause(), scripted);
    }
  }

  /** Counts what is compared without a case of its own, each thing with one comparison. */
  void count(long compared, long notAsked) {
    cases += compared;
    comparisons += compared;
    inapplicable += notAsked;
  }

  /** Counts what a trial found; throws if it is a failure. */
  void count(TrialResult result) {
    if (result.verdict() instanceof Verdict.Differs differs) {
      countFailure();
      throw Disagreement.asFound(differs.first(), result.scripted());
    }
    judge(result.verdict(), result.scripted());
  }

  /** Counts what became of a trained case; throws if it is a failure. */
  void count(TrainedOutcome outcome, Trained trained, Requirement requirement) {
    Gate gate = Gate.get();
    Path curve = CurveFile.write(gate.settings().out(), subject, outcome);
    gate.record(new Event.TrainedCompared(subject, requirement, outcome.summary()));
    if (outcome.verdict() instanceof Verdict.Agrees agrees) {
      worst = worst.or(agrees.worst());
      advance(agrees.comparisons());
    } else if (outcome.verdict() instanceof Verdict.Differs differs) {
      countFailure();
      throw new TrainedDisagreement(framed(differs.first(), trained, curve));
    } else if (outcome.verdict() instanceof Verdict.Broken broken) {
      countFailure();
      throw new IllegalStateException(
          "%s: %s, in case %s".formatted(broken.stage(), broken.cause(), trained.describe()),
          broken.cause());
    } else if (outcome.verdict() instanceof Verdict.Inapplicable inapplicable) {
      skip(inapplicable.why());
    }
  }

  private static Difference framed(Difference difference, Trained trained, Path curve) {
    return difference.framed(
        List.of(new Fact("case", trained.describe())),
        List.of(new Fact("curve", curve.toString())));
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

  /** Why nothing applied, or an empty text. */
  String reason() {
    return nothingApplied() ? reason : "";
  }

  /** Counts a check that passed and is no comparison of a case. */
  void passed(long numbers) {
    if (!failed) {
      advance(numbers);
    }
  }

  private void agreed(Verdict.Agrees agrees, Scripted scripted) {
    if (failed) {
      return;
    }
    worst = worst.or(agrees.worst());
    Extremes found = new Extremes(scripted.dtype(), agrees.subject(), agrees.oracle());
    extremes.merge(scripted.dtype(), found, Extremes::and);
    advance(agrees.comparisons());
  }

  /** Says that a long case is under way still. */
  void alive() {
    long now = System.nanoTime();
    if (now - lastWord > EVERY_NANOS) {
      lastWord = now;
      Gate.get().record(new Event.Advanced(subject, property, cases));
    }
  }

  private void advance(long numbers) {
    cases++;
    comparisons += numbers;
    alive();
  }

  /** Cases that shrinking tries are no cases of the run. */
  private void countFailure() {
    if (!failed) {
      cases++;
      failed = true;
    }
  }
}
