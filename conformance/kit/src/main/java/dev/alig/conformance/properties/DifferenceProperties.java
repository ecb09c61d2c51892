package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.KNOWN_DIFFERENCES;

import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.AskedDifference.State;
import dev.alig.conformance.differences.Register;
import dev.alig.conformance.run.ConformanceRun;
import dev.alig.conformance.run.Event;
import java.util.List;
import net.jqwik.api.Example;

/** The claim that every known difference still shows. */
interface DifferenceProperties extends SubjectProperties {
  @Example
  @Checks(KNOWN_DIFFERENCES)
  default void knownDifferencesHold() {
    ConformanceRun run = conformanceRun();
    List<AskedDifference> asked = Register.shipped().ask(run.parties(subject()));
    run.record(new Event.DifferencesAsked(subject().name(), asked));
    long notAsked = asked.stream().filter(d -> d.state() == State.NOT_ASKED).count();
    PropertyStatistics.current().count(asked.size() - notAsked, notAsked);
    requireNoneStale(asked);
  }

  /** Fails, with the facts of each, if differences are stale. */
  static void requireNoneStale(List<AskedDifference> asked) {
    List<AskedDifference> stale = asked.stream().filter(d -> d.state() == State.STALE).toList();
    if (!stale.isEmpty()) {
      throw new PropertyFailure.StaleDifferences(stale);
    }
  }
}
