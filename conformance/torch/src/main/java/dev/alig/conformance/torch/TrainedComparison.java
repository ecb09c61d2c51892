package dev.alig.conformance.torch;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Mode;
import dev.alig.conformance.torch.TorchTrainer.Evaluated;
import dev.alig.conformance.torch.TorchTrainer.Run;
import dev.alig.conformance.trained.Blame;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares a subject's training of one case with the oracle's.
 *
 * @param judge judges single steps
 * @param run the oracle's training
 * @param steps the subject's training
 * @param alive called between the parts
 */
record TrainedComparison(
    TrainingCase trained,
    Implementation subject,
    Judge judge,
    TorchTrainer oracle,
    Run run,
    Steps steps,
    Findings findings,
    Runnable alive) {
  /**
   * Of the steps that are judged singly, one in this many has its rule judged, which takes long.
   */
  private static final int RULE_EVERY = 6;

  /** Fills the findings. */
  void compare() {
    if (steps.lost().isPresent()) {
      findings.lost(steps.lost().get());
    } else if (trained.mode() == Mode.FORCED) {
      compareForced();
    } else {
      judge(sample(), RULE_EVERY);
      alive.run();
      int parted = findings.compare(run, steps, Allowance.ofRun(oracle, trained, run));
      if (parted >= 0) {
        judge(steps(parted + 1), 1);
        findings.parted(parted);
      }
    }
    if (findings.nothingWrong()) {
      steps.scores().ifPresent(this::compareScores);
    }
  }

  private void compareScores(Tensor found) {
    int last = trained.steps() - 1;
    TrainingCase batch = at(List.of(last));
    TrainedState state = steps.taken().get(last).after();
    Tensor expected = oracle.scores(batch, state, Optional.empty());
    findings.scores(expected, found, Allowance.ofScores(oracle, batch, state, expected));
  }

  private void compareForced() {
    List<Integer> all = steps(trained.steps());
    List<Evaluated> plain =
        run.steps().stream()
            .map(s -> new Evaluated(s.loss(), 0, s.gradients(), s.after().statistics()))
            .toList();
    Allowance.OfSteps allowed = Allowance.ofSteps(oracle, at(all), before(all), plain);
    judge(all, plain, allowed, RULE_EVERY);
    int parted = findings.compare(run, steps, Allowance.after(trained, run, allowed));
    if (parted >= 0) {
      judge(all, plain, allowed, 1);
      findings.parted(parted);
    }
  }

  private static List<Integer> steps(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private List<Integer> sample() {
    return steps(trained.steps()).stream()
        .filter(k -> k % Allowance.STRIDE == 0 || k == trained.steps() - 1)
        .toList();
  }

  private TrainingCase at(List<Integer> which) {
    TrainingCase.Problem problem = trained.problem();
    return trained.on(problem.withOrder(which.stream().map(problem.order()::get).toList()));
  }

  private List<TrainedState> before(List<Integer> which) {
    return which.stream().map(steps.before()::get).toList();
  }

  private void judge(List<Integer> which, int ruleEvery) {
    List<Evaluated> plain = oracle.evaluate(at(which), before(which), Optional.empty());
    Allowance.OfSteps allowed = Allowance.ofSteps(oracle, at(which), before(which), plain);
    judge(which, plain, allowed, ruleEvery);
  }

  /** Judges steps from the subject's own states, until one is wrong. */
  private void judge(
      List<Integer> which, List<Evaluated> plain, Allowance.OfSteps allowed, int ruleEvery) {
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
      // A wrong step may move the statistics as well, so they come after the rule.
      findings.apart(
          Blame.STATISTICS,
          k,
          expected.statistics(),
          taken.after().statistics(),
          allowed.statistics().get(i));
    }
  }

  /** Judges the step with the model's own loss and gradient, as a scripted case. */
  private Verdict rule(int k, TrainedStep taken) {
    TrainingCase.Rule rule = trained.rule();
    TrainedState before = steps.before().get(k);
    StepCase scripted =
        new StepCase(
            "%s-step-%d".formatted(trained.id(), k),
            trained.dtype(),
            rule.eps(),
            rule.form(),
            rule.radius(),
            List.of(new Group(rule.maxLearningRate(), rule.momentum(), before.parameters())),
            List.of(
                new Step(
                    taken.loss(),
                    LossKind.FLOAT,
                    List.of(taken.gradients().stream().map(Optional::of).toList()))),
            Optional.of(before.ofOptimizer()));
    TracedStep traced =
        new TracedStep(
            taken.unclipped(),
            List.of(taken.stepSize()),
            taken.stepSize(),
            taken.after().ofOptimizer());
    return judge.compareStep(scripted, traced, subject.name(), subject.algorithm());
  }
}
