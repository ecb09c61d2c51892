package dev.alig.conformance.trained;

import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.Trained;
import dev.alig.conformance.TrainedStep;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.TorchTrainer.Evaluated;
import java.util.List;
import java.util.Optional;

/** Judges steps of a training one by one, each from the state that the subject was in. */
final class StepJudge {
  private final Judge judge;
  private final Implementation subject;
  private final Trained trained;
  private final Steps steps;

  StepJudge(Judge judge, Implementation subject, Trained trained, Steps steps) {
    this.judge = judge;
    this.subject = subject;
    this.trained = trained;
    this.steps = steps;
  }

  /**
   * Judges some steps, until one is wrong.
   *
   * @param plain what the oracle computes at the subject's states, one for each of the steps
   * @param allowed how far the subject may be from it
   * @param ruleEvery how many of the steps there are to one whose rule is judged, which takes long
   */
  void judge(
      List<Integer> which,
      List<Evaluated> plain,
      Allowance.OfSteps allowed,
      int ruleEvery,
      Findings findings) {
    for (int i = 0; i < which.size() && findings.nothingWrong(); i++) {
      int k = which.get(i);
      TrainedStep taken = steps.taken().get(k);
      Evaluated expected = plain.get(i);
      findings.loss(k, expected.loss(), taken.loss(), allowed.loss().get(i));
      findings.apart(
          Blame.GRADIENT, k, expected.gradients(), taken.gradients(), allowed.gradient().get(i));
      if (findings.nothingWrong() && i % ruleEvery == 0) {
        findings.rule(k, rule(k, taken));
      }
      // A wrong step may move the statistics as well, so that they come after the rule.
      findings.apart(
          Blame.STATISTICS,
          k,
          expected.statistics(),
          taken.after().statistics(),
          allowed.statistics().get(i));
    }
  }

  /** The step with the model's own loss and gradient, as a scripted case. */
  private Verdict rule(int k, TrainedStep taken) {
    Trained.Rule rule = trained.rule();
    State before = steps.before().get(k).ofOptimizer();
    Group group =
        new Group(rule.maxLearningRate(), rule.momentum(), steps.before().get(k).parameters());
    Step step =
        new Step(
            taken.loss(),
            LossKind.FLOAT,
            List.of(taken.gradients().stream().map(Optional::of).toList()));
    Scripted scripted =
        new Scripted(
            "%s-step-%d".formatted(trained.id(), k),
            trained.dtype(),
            rule.eps(),
            rule.form(),
            rule.radius(),
            List.of(group),
            List.of(step),
            Optional.of(before));
    TracedStep traced =
        new TracedStep(
            taken.unclipped(),
            List.of(taken.stepSize()),
            taken.stepSize(),
            taken.after().ofOptimizer());
    Trace trace = new Trace(before, List.of(traced), Optional.empty());
    return judge.compare(scripted, trace, subject.name(), subject.algorithm());
  }
}
