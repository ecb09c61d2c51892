package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.List;
import java.util.Optional;

/** An implementation one of whose numbers is spoilt, in whatever run of a case it appears. */
final class Spoilt implements Implementation {
  private final Implementation sound;
  private final StepCase whole;
  private final Optional<Spoil> spoil;

  Spoilt(Implementation sound, StepCase whole, Optional<Spoil> spoil) {
    this.sound = sound;
    this.whole = whole;
    this.spoil = spoil;
  }

  @Override
  public String name() {
    return sound.name();
  }

  @Override
  public Algorithm algorithm() {
    return sound.algorithm();
  }

  @Override
  public Optional<String> inapplicable(StepCase scripted) {
    return sound.inapplicable(scripted);
  }

  @Override
  public Trace run(StepCase scripted) {
    return spoilt(scripted, sound.run(scripted));
  }

  @Override
  public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    return sound.runGiven(scripted, stepSizes).map(trace -> spoilt(scripted, trace));
  }

  private Trace spoilt(StepCase asked, Trace trace) {
    if (spoil.isEmpty() || !spoil.get().reaches(asked.radius().isPresent())) {
      return trace;
    }
    boolean begins = asked.resumed().equals(whole.resumed());
    if (begins && (asked.steps().isEmpty() || asked.steps().size() == whole.steps().size())) {
      return spoil.get().in(trace);
    }
    return isTheStep(asked) ? spoil.get().in(trace, 0) : trace;
  }

  /** Whether a case is the spoilt step by itself. */
  private boolean isTheStep(StepCase asked) {
    int step = spoil.orElseThrow().place().step();
    return step >= 0
        && asked.steps().size() == 1
        && asked.steps().get(0).gradients().equals(whole.steps().get(step).gradients());
  }
}
