package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an oracle does with a case by itself.
 *
 * @param whole its run of the whole case
 * @param coincides for each step, whether the oracle began it in the same state as the subject
 * @param beside for each step, what the oracle makes of the subject's state; empty if not asked
 */
record OracleRun(Trace whole, List<Boolean> coincides, List<Optional<TracedStep>> beside) {
  /** Lets the oracle run the case. */
  static OracleRun of(Implementation oracle, StepCase scripted, Trace subject) {
    Trace whole = oracle.run(scripted);
    List<Boolean> coincides =
        IntStream.range(0, scripted.steps().size())
            .mapToObj(k -> k < whole.steps().size() && whole.before(k).equals(subject.before(k)))
            .toList();
    return new OracleRun(whole, coincides, List.of());
  }

  /** Also asks for each step from the subject's state, to show the oracle's numbers beside it. */
  OracleRun besideEachStep(Implementation oracle, StepCase scripted, Trace subject) {
    List<StepCase> asked =
        IntStream.range(0, scripted.steps().size())
            .mapToObj(k -> scripted.oneStep(subject, k))
            .toList();
    return new OracleRun(
        whole,
        coincides,
        oracle.runAll(asked).stream().map(run -> run.steps().stream().findFirst()).toList());
  }

  /** Whether the oracle began step {@code k} in the same state as the subject. */
  boolean coincides(int k) {
    return coincides.get(k);
  }

  /** Whether the oracle was asked for each step from the subject's state. */
  boolean isShown() {
    return !beside.isEmpty();
  }

  /**
   * The oracle's step to show beside step {@code k} of the subject: from the subject's state if the
   * oracle was asked, otherwise its own. Empty if it refused.
   */
  Optional<TracedStep> shown(int k) {
    return isShown() ? beside.get(k) : whole.steps().stream().skip(k).findFirst();
  }
}
