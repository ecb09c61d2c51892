package dev.alig.conformance.properties;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.gate.Gate;

/** What every family of properties needs: a subject, and a way to compare it. */
interface Judged {
  /** The optimizer under the gate; called once a case, so it should hand out one object. */
  Implementation subject();

  /** Fails unless subject and oracle agree on the case. */
  default void agree(Scripted scripted) {
    Tally.current().count(Gate.get().judge(scripted, subject()), scripted);
  }
}
