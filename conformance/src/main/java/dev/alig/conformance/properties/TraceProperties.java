package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.ORACLE_TRACES;
import static dev.alig.conformance.Requirement.TRACES_TF;
import static dev.alig.conformance.Requirement.TRACES_TH;

import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.gate.Gate;
import net.jqwik.api.Example;

/** Claims about the traces recorded from the originals. */
interface TraceProperties extends Judged {
  @Example
  @Checks(TRACES_TH)
  default void tracesOfThePyTorchOriginalAreReproduced() {
    replay(Origin.TH);
  }

  @Example
  @Checks(TRACES_TF)
  default void tracesOfTheTensorFlowOriginalAreReproduced() {
    replay(Origin.TF);
  }

  @Example
  @Checks(ORACLE_TRACES)
  default void theOracleReproducesTheTraces() {
    Gate gate = Gate.get();
    for (Recorded recorded : gate.recorded()) {
      if (recorded.origin() == Origin.TH) {
        Tally.current().count(gate.judge(recorded), recorded.scripted());
      }
    }
  }

  private void replay(Origin origin) {
    Gate gate = Gate.get();
    for (Recorded recorded : gate.recorded()) {
      if (recorded.origin() == origin) {
        Tally.current().count(gate.replay(recorded, subject()), recorded.scripted());
      }
    }
  }
}
