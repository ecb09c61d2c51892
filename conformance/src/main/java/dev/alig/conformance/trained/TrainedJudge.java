package dev.alig.conformance.trained;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Trained;
import dev.alig.conformance.Trained.Mode;
import dev.alig.conformance.TrainedState;
import dev.alig.conformance.TrainedStep;
import dev.alig.conformance.Trainer;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.oracle.TorchTrainer;
import dev.alig.conformance.oracle.TorchTrainer.Evaluated;
import dev.alig.conformance.oracle.TorchTrainer.Run;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares a subject's training with the oracle's, and says what is to blame.
 *
 * <ol>
 *   <li>From the same state: the loss, the gradient, and the running statistics must come within
 *       the {@link Allowance}; and the step that the subject took with its own loss and gradient
 *       must be ALI-G's, which {@link Judge} says. In a forced case at every step, in a free one at
 *       some, and the rule at some of those; at all where the curves part.
 *   <li>In a free case the curves of loss, step size and weights must stay as close as the oracle's
 *       own do under simulated rounding errors.
 * </ol>
 */
public final class TrainedJudge {
  /** Of the steps that are judged by themselves, the rule of one in so many. */
  private static final int RULE_EVERY = 6;

  private final TorchOracle oracle;
  private final TorchTrainer trainer;
  private final Runnable alive;

  /**
   * A judge that asks {@code oracle}.
   *
   * @param alive called between parts of a case, which may take seconds each
   */
  public TrainedJudge(TorchOracle oracle, Runnable alive) {
    this.oracle = oracle;
    this.trainer = oracle.training();
    this.alive = alive;
  }

  /** What the oracle trains with. */
  public TorchTrainer trainer() {
    return trainer;
  }

  /** Trains both and compares them. */
  public TrainedOutcome compare(Trained trained, Implementation subject, Trainer subjectTrainer) {
    long start = System.nanoTime();
    Run run = trainer.run(trained, Optional.empty());
    alive.run();
    Findings findings = new Findings(trained);
    Steps steps;
    try {
      steps = Steps.of(trained, subjectTrainer, run, alive);
    } catch (RuntimeException e) {
      return findings.broken(subject.name() + " failed to train", e);
    }
    alive.run();
    if (steps.lost().isPresent()) {
      findings.lost(steps.lost().get());
    } else {
      compare(trained, subject, run, steps, findings);
    }
    return findings.outcome((System.nanoTime() - start) / 1e9);
  }

  private void compare(
      Trained trained, Implementation subject, Run run, Steps steps, Findings findings) {
    StepJudge single = new StepJudge(new Judge(oracle), subject, trained, steps);
    if (trained.mode() == Mode.FORCED) {
      List<Integer> all = IntStream.range(0, trained.steps()).boxed().toList();
      List<Evaluated> plain = run.steps().stream().map(TrainedJudge::evaluated).toList();
      Allowance.OfSteps allowed = allowed(trained, all, steps, plain);
      single.judge(all, plain, allowed, RULE_EVERY, findings);
      int parted = findings.compareSteps(run, steps, allowed);
      if (parted >= 0) {
        single.judge(all, plain, allowed, 1, findings);
        findings.parted(parted);
      }
      return;
    }
    judge(trained, single, sample(trained.steps()), RULE_EVERY, steps, findings);
    alive.run();
    int parted = findings.compareCurves(run, steps, Allowance.ofRun(trainer, trained, run));
    if (parted >= 0) {
      judge(trained, single, IntStream.rangeClosed(0, parted).boxed().toList(), 1, steps, findings);
      findings.parted(parted);
    }
  }

  private void judge(
      Trained trained,
      StepJudge single,
      List<Integer> which,
      int ruleEvery,
      Steps steps,
      Findings findings) {
    List<Evaluated> plain =
        trainer.evaluate(at(trained, which), before(which, steps), Optional.empty());
    single.judge(which, plain, allowed(trained, which, steps, plain), ruleEvery, findings);
  }

  private Allowance.OfSteps allowed(
      Trained trained, List<Integer> which, Steps steps, List<Evaluated> plain) {
    return Allowance.ofSteps(trainer, at(trained, which), before(which, steps), plain);
  }

  private static List<Integer> sample(int steps) {
    return IntStream.range(0, steps)
        .filter(k -> k % Allowance.STRIDE == 0 || k == steps - 1)
        .boxed()
        .toList();
  }

  private static Trained at(Trained trained, List<Integer> which) {
    return trained.on(
        trained.problem().withOrder(which.stream().map(trained.problem().order()::get).toList()));
  }

  private static List<TrainedState> before(List<Integer> which, Steps steps) {
    return which.stream().map(steps.before()::get).toList();
  }

  private static Evaluated evaluated(TrainedStep step) {
    return new Evaluated(step.loss(), 0, step.gradients(), step.after().statistics());
  }
}
