package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import java.util.Optional;

/**
 * Compares a subject with an oracle, step by step, each step on its own from the state before it.
 *
 * <p>Four things are asked:
 *
 * <ol>
 *   <li>Both unclipped step sizes lie within the rounding errors of loss / (Σ‖g‖² + eps); the step
 *       size of a group is the smaller of that and its cap, exactly ({@link StepSizes}).
 *   <li>Subject and oracle, each by itself, come within the bounds of the step in real arithmetic;
 *       and of the whole case, the bounds carried through all of its steps ({@link RealAnswers}).
 *   <li>Put into the subject's state and given its step sizes, the oracle comes to the subject's
 *       parameters and buffers bit for bit, the projection aside ({@link Prescription}); a subject
 *       of another {@link Algorithm} must come within its bounds.
 *   <li>The projection scales by one legal factor, each element rounded once ({@link Projection}).
 * </ol>
 *
 * <p>To ask Python takes most of the time, so that it is asked for no more than this needs: the
 * whole case, and the updates that are to agree bit for bit. Only where something differs is it
 * asked for every step from the subject's state, to show its numbers beside the subject's.
 */
public final class Judge {
  private final Implementation oracle;

  /** A judge that asks {@code oracle}. */
  public Judge(Implementation oracle) {
    this.oracle = oracle;
  }

  /** Runs the subject on a case and compares it with the oracle. */
  public Verdict compare(Scripted scripted, Implementation subject) {
    Optional<String> why = subject.inapplicable(scripted).or(() -> oracle.inapplicable(scripted));
    if (why.isPresent()) {
      return new Verdict.Inapplicable(why.get());
    }
    Trace actual;
    try {
      actual = subject.run(scripted);
    } catch (RuntimeException e) {
      return new Verdict.Broken(subject.name() + " failed to run the case", e);
    }
    return compare(scripted, actual, subject.name(), subject.algorithm());
  }

  /** Compares what a subject did with the oracle. */
  public Verdict compare(Scripted scripted, Trace actual, String subject, Algorithm algorithm) {
    if (actual.raised().isPresent() || actual.steps().size() != scripted.steps().size()) {
      return incomplete(scripted, actual, subject);
    }
    try {
      OracleRun run = OracleRun.of(oracle, scripted, actual);
      Verdict verdict = judged(scripted, actual, subject, algorithm, run);
      if (verdict instanceof Verdict.Differs) {
        run.askFromSubject(oracle);
        return judged(scripted, actual, subject, algorithm, run);
      }
      return verdict;
    } catch (RuntimeException e) {
      return new Verdict.Broken(oracle.name() + " failed to run the case", e);
    }
  }

  private Verdict incomplete(Scripted scripted, Trace actual, String subject) {
    Comparison comparison = new Comparison(scripted, oracle.name(), subject);
    comparison.differ(
        "step " + actual.steps().size(),
        "a step",
        actual.raised().orElse("no step"),
        "the subject must take every step");
    return comparison.verdict();
  }

  private Verdict judged(
      Scripted scripted, Trace actual, String subject, Algorithm algorithm, OracleRun run) {
    Comparison comparison = new Comparison(scripted, oracle.name(), subject);
    new OneCase(oracle, comparison, scripted, actual, algorithm, run).judge();
    return comparison.verdict();
  }
}
