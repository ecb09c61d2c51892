package dev.alig.conformance.properties;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.gate.Gate;
import java.util.Optional;

/** What every family of properties needs: a subject, and a way to compare it. */
interface Judged {
  /** The optimizer under the gate; called once a case, so it should hand out one object. */
  Implementation subject();

  /** What the subject is compared with; the oracle of this run's settings unless overridden. */
  default Optional<Implementation> oracle() {
    return Gate.get().oracle();
  }

  /** Fails unless subject and oracle agree on the case. */
  default void agree(Scripted scripted) {
    agreeing(scripted);
  }

  /**
   * Fails unless subject and oracle agree on the case.
   *
   * @return what the subject did; empty if the case cannot be asked of it or of the oracle
   */
  default Optional<Trace> agreeing(Scripted scripted) {
    Witness witness = new Witness(subject());
    Tally.current().count(Gate.get().judge(scripted, witness, oracle()), scripted);
    witness.last().ifPresent(trace -> Tally.current().ran(scripted, trace));
    return witness.last();
  }
}
