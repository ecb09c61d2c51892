package dev.alig.conformance.strength;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@link PlainRun} as an {@link Implementation} of the kit.
 *
 * @param change changes a run before it starts; a defect is such a change
 * @param algorithm the operations of its steps
 */
record PlainAliG(String name, Consumer<PlainRun> change, AliG algorithm) implements Implementation {
  /** The same optimizer with other operations. */
  PlainAliG in(AliG others, String newName) {
    return new PlainAliG(newName, change, others);
  }

  @Override
  public Trace run(StepCase scripted) {
    return run(scripted, Optional.empty());
  }

  @Override
  public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    return Optional.of(run(scripted, Optional.of(stepSizes)));
  }

  private Trace run(StepCase scripted, Optional<List<List<Double>>> stepSizes) {
    PlainRun run = new PlainRun(scripted, algorithm);
    change.accept(run);
    return run.run(stepSizes);
  }
}
