package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.torch.TorchTrainer.Run;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.conformance.trained.TrainingJudge;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Compares a subject's training with the oracle's, and says what is to blame.
 *
 * <ol>
 *   <li>Single steps, from the same state: the loss, the gradient and the running statistics must
 *       come within the {@link Allowance}, and {@link Judge} must accept the step that the subject
 *       took with its own loss and gradient. That covers every step of a forced case, some steps of
 *       a free one, and all steps if the curves part.
 *   <li>The curves of loss, step size and weights in a free case: they must stay as close to the
 *       oracle's as its own curves do under simulated rounding errors.
 *   <li>The scores in evaluation after all steps, if the subject evaluates.
 * </ol>
 */
@API(status = INTERNAL, since = "0.1")
public final class TrainedJudge implements TrainingJudge {
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
    this.trainer = oracle.torchTrainer();
    this.alive = alive;
  }

  @Override
  public TrainingCase draw(Model model, int index, long seed) {
    return TrainedCases.draw(model, index, seed, trainer);
  }

  @Override
  public TrainedOutcome compare(
      TrainingCase drawn, Implementation subject, Trainer subjectTrainer) {
    long start = System.nanoTime();
    TrainingCase trained = drawn.averaging(subjectTrainer.runningVariance());
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
    Judge judge = new Judge(oracle);
    new TrainedComparison(trained, subject, judge, trainer, run, steps, findings, alive).compare();
    return findings.outcome((System.nanoTime() - start) / 1e9);
  }
}
