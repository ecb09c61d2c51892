package dev.alig.conformance.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.torch.TorchOracle;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.python.PythonEnvironment;
import java.util.List;
import java.util.Optional;

/** The bundled package in torch. */
public final class TrainedOracle {
  /** Cases of so few steps show what is wrong from the start on. */
  private static final int SHOWN = 20;

  private TrainedOracle() {}

  /** A judge that asks it. */
  public static TrainedJudge judge() {
    PythonEnvironment environment = PythonEnvironment.prepare(System.err);
    return new TrainedJudge(TorchOracle.open(environment, Optional.empty()), () -> {});
  }

  /** What a judge says of a trainer on the first steps of a case. */
  public static TrainedOutcome outcome(
      TrainedJudge judge, Model model, int index, Implementation subject, Trainer trainer) {
    TrainingCase whole = judge.draw(model, index, 5);
    List<List<Integer>> order = whole.problem().order();
    TrainingCase trained =
        whole.on(whole.problem().withOrder(order.subList(0, Math.min(SHOWN, order.size()))));
    return judge.compare(trained, subject, trainer);
  }

  /** Asks that a difference was found, and blamed on this. */
  public static void isBlamedOn(Blame blame, TrainedOutcome outcome) {
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Differs.class);
    assertThat(outcome.blame()).contains(blame);
  }
}
