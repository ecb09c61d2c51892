package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.KNOWN_DIFFERENCES;

import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.AskedDifference.State;
import dev.alig.conformance.differences.Register;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Gate;
import java.util.List;
import net.jqwik.api.Example;

/** The claim that the register of known differences tells the truth. */
interface DifferenceProperties extends Judged {
  @Example
  @Checks(KNOWN_DIFFERENCES)
  default void knownDifferencesHold() {
    Gate gate = Gate.get();
    List<AskedDifference> asked = Register.shipped().ask(gate.scene(subject()));
    gate.record(new Event.DifferencesAsked(subject().name(), asked));
    long notAsked = asked.stream().filter(d -> d.state() == State.NOT_ASKED).count();
    Tally.current().count(asked.size() - notAsked, notAsked);
    List<AskedDifference> stale = asked.stream().filter(d -> d.state() == State.STALE).toList();
    if (!stale.isEmpty()) {
      throw new StaleDifferences(stale);
    }
  }
}
