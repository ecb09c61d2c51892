package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an oracle does with a case by itself, beside what the subject did. */
final class OracleRun {
  private final Scripted scripted;
  private final Trace actual;
  private final Trace whole;
  private final List<Boolean> coincides = new ArrayList<>();
  private List<Optional<TracedStep>> beside = List.of();

  private OracleRun(Scripted scripted, Trace actual, Trace whole) {
    this.scripted = scripted;
    this.actual = actual;
    this.whole = whole;
    for (int k = 0; k < scripted.steps().size(); k++) {
      coincides.add(k < whole.steps().size() && whole.before(k).equals(actual.before(k)));
    }
  }

  /** Lets the oracle run the case. */
  static OracleRun of(Implementation oracle, Scripted scripted, Trace actual) {
    return new OracleRun(scripted, actual, oracle.run(scripted));
  }

  /** Also asks for each step from the state that the subject had before it, to show it beside. */
  void askFromSubject(Implementation oracle) {
    List<Scripted> asked = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      asked.add(scripted.oneStep(actual, k));
    }
    beside = oracle.runAll(asked).stream().map(run -> run.steps().stream().findFirst()).toList();
  }

  /** The run of the whole case. */
  Trace whole() {
    return whole;
  }

  /** Whether the oracle began step {@code k} in the very state that the subject began it in. */
  boolean coincides(int k) {
    return coincides.get(k);
  }

  /** Whether the oracle was asked for what to show beside the subject's steps. */
  boolean isShown() {
    return !beside.isEmpty();
  }

  /**
   * What to show beside step {@code k} of the subject: what the oracle makes of the same state
   * where it was asked, else its own step; the subject's where it refused.
   */
  TracedStep shown(int k) {
    TracedStep taken = actual.steps().get(k);
    if (isShown()) {
      return beside.get(k).orElse(taken);
    }
    return k < whole.steps().size() ? whole.steps().get(k) : taken;
  }
}
