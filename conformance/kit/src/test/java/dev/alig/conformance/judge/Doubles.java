package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.List;
import java.util.Optional;

/** Implementations that are like another one but for one thing. */
final class Doubles {
  private Doubles() {}

  /** The same numbers in objects of their own, as one has them who reads what was loaded. */
  private static Trace copied(Trace trace) {
    State first = new State(trace.constructed().parameters(), trace.constructed().buffers());
    return new Trace(first, trace.steps(), trace.raised());
  }

  /** Delegates, without the entrance for given step sizes. */
  static class ByCapsAlone implements Implementation {
    private final Implementation other;

    ByCapsAlone(Implementation other) {
      this.other = other;
    }

    @Override
    public String name() {
      return other.name();
    }

    @Override
    public Algorithm algorithm() {
      return other.algorithm();
    }

    @Override
    public Trace run(StepCase scripted) {
      return other.run(scripted);
    }
  }

  /** Refuses caps that are not of the kind that users set. */
  static final class ByItself extends ByCapsAlone {
    ByItself(Implementation other) {
      super(other);
    }

    @Override
    public Optional<String> inapplicable(StepCase scripted) {
      return scripted.steps().stream().anyMatch(step -> Double.isInfinite(step.loss()))
          ? Optional.of("an infinite loss")
          : Optional.empty();
    }
  }

  /** Refuses caps that are negative, as an optimizer may that checks its settings. */
  static final class RefusingCaps extends ByCapsAlone {
    RefusingCaps(Implementation other) {
      super(other);
    }

    @Override
    public Trace run(StepCase scripted) {
      Trace trace = super.run(scripted);
      return scripted.groups().stream().anyMatch(group -> group.cap() < 0)
          ? new Trace(trace.constructed(), List.of(), Optional.of("ValueError: max_lr"))
          : trace;
    }
  }

  /** Reads the state that it loaded. */
  static final class Reading extends ByCapsAlone {
    Reading(Implementation other) {
      super(other);
    }

    @Override
    public Trace run(StepCase scripted) {
      return copied(super.run(scripted));
    }
  }

  /**
   * Refuses losses that overflow, as torch does; those that are infinite from the start at times.
   */
  static final class Refusing extends ByCapsAlone {
    private final boolean infinite;

    Refusing(Implementation other, boolean infinite) {
      super(other);
      this.infinite = infinite;
    }

    @Override
    public Trace run(StepCase scripted) {
      Trace trace = super.run(scripted);
      for (int k = 0; k < scripted.steps().size(); k++) {
        double loss = scripted.steps().get(k).loss();
        if (Double.isInfinite((float) loss) && (infinite || Double.isFinite(loss))) {
          return new Trace(
              trace.constructed(),
              trace.steps().subList(0, k),
              Optional.of("RuntimeError: overflow"));
        }
      }
      return trace;
    }
  }
}
