package dev.alig.conformance.judge;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Compares a subject with an oracle, each step by itself from the state before it.
 *
 * <p>It checks four things:
 *
 * <ol>
 *   <li>Both unclipped step sizes lie within the rounding errors of loss / (Σ‖g‖² + eps). The step
 *       size of a group is exactly the smaller of that and its cap ({@link StepSizes}).
 *   <li>Subject and oracle each lie within the bounds of the step in real arithmetic, and within
 *       the bounds of the whole case ({@link WholeRuns}).
 *   <li>From the subject's state and with its step sizes, the oracle gets the subject's parameters
 *       and buffers bit for bit, except for the projection ({@link OracleReplay}). A subject of
 *       another {@link Algorithm} must lie within its own bounds.
 *   <li>The projection scales by one legal factor, and rounds each element once ({@link
 *       Projection}).
 * </ol>
 *
 * <p>Python takes most of the time. So the judge asks it for the whole case and for the updates
 * that must agree bit for bit. Only if something differs, it asks for every step from the subject's
 * state, to show the oracle's numbers beside the subject's.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Judge {
  private final Implementation oracle;
  private final Comparison.Counted counted;

  /** A judge that asks {@code oracle}. */
  public Judge(Implementation oracle) {
    this(oracle, Comparison.Counted.UNHEARD);
  }

  Judge(Implementation oracle, Comparison.Counted counted) {
    this.oracle = oracle;
    this.counted = counted;
  }

  /** Runs the subject on a case and compares it with the oracle. */
  public Judgement judge(StepCase scripted, Implementation subject) {
    Optional<String> why = subject.inapplicable(scripted).or(() -> oracle.inapplicable(scripted));
    if (why.isPresent()) {
      return Judgement.of(new Verdict.Inapplicable(why.get()));
    }
    Trace actual;
    try {
      actual = subject.run(scripted);
    } catch (RuntimeException e) {
      return Judgement.of(new Verdict.Broken(subject.name() + " failed to run the case", e));
    }
    return new Judgement(
        Optional.of(actual), compare(scripted, actual, subject.name(), subject.algorithm()));
  }

  /** The verdict of {@link #judge}. */
  public Verdict compare(StepCase scripted, Implementation subject) {
    return judge(scripted, subject).verdict();
  }

  /** Judges a case as its requirement asks: by its numbers, or by its side effects. */
  public Verdict compare(Requirement requirement, StepCase scripted, Implementation subject) {
    return requirement == Requirement.SIDE_EFFECTS
        ? SideEffectJudge.judge(scripted, subject, Optional.of(oracle))
        : compare(scripted, subject);
  }

  /** Compares what a subject did with the oracle. */
  public Verdict compare(StepCase scripted, Trace actual, String subject, Algorithm algorithm) {
    return compare(new SubjectRun(scripted, actual, subject, algorithm, true));
  }

  /**
   * Compares one step of an optimizer that reports no mean step size.
   *
   * @param scripted a case of that step, resumed from the state before it
   */
  public Verdict compareStep(
      StepCase scripted, TracedStep taken, String subject, Algorithm algorithm) {
    State before = scripted.resumed().orElseThrow();
    Trace trace = new Trace(before, List.of(taken), Optional.empty());
    return compare(new SubjectRun(scripted, trace, subject, algorithm, false));
  }

  private Verdict compare(SubjectRun subject) {
    StepCase scripted = subject.scripted();
    Trace actual = subject.trace();
    Optional<String> misfit = actual.misfit(scripted.groups());
    if (misfit.isPresent()) {
      return new Verdict.Differs(
          Difference.of(
              "the trace", "the case's groups and shapes", misfit.get(), "the same layout"));
    }
    if (actual.raised().isPresent() || actual.steps().size() != scripted.steps().size()) {
      return new Verdict.Differs(
          Difference.of(
              "step " + actual.steps().size(),
              "a step",
              actual.raised().orElse("no step"),
              "the subject must take every step"));
    }
    try {
      OracleRun run = OracleRun.of(oracle, scripted, actual);
      Verdict verdict = compare(subject, run);
      return verdict instanceof Verdict.Differs
          ? compare(subject, run.besideEachStep(oracle, scripted, actual))
          : verdict;
    } catch (RuntimeException e) {
      return new Verdict.Broken(oracle.name() + " failed to run the case", e);
    }
  }

  private Verdict compare(SubjectRun subject, OracleRun run) {
    CaseResults results =
        new CaseResults(subject.scripted(), oracle.name(), subject.name(), counted);
    new CaseJudge(oracle, new Comparison(results), subject, run).judge();
    return results.verdict();
  }
}
