package dev.alig.conformance.causes;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An optimizer that projects after each group. */
final class GroupByGroup implements Implementation {
  private final ExactOracle behind = new ExactOracle();

  @Override
  public String name() {
    return "group by group";
  }

  @Override
  public Trace run(StepCase scripted) {
    State constructed = behind.run(scripted.withSteps(List.of())).constructed();
    State state = constructed;
    List<TracedStep> steps = new ArrayList<>();
    for (Step step : scripted.steps()) {
      TracedStep whole = behind.run(scripted.continuedFrom(state, List.of(step))).steps().get(0);
      for (int g = 0; g < scripted.groups().size(); g++) {
        int now = g;
        Step part = Altered.onlyGroups(step, other -> other == now);
        StepCase alone = scripted.continuedFrom(state, List.of(part));
        state =
            behind.runGiven(alone, List.of(whole.stepSizes())).orElseThrow().steps().get(0).after();
      }
      steps.add(new TracedStep(whole.unclipped(), whole.stepSizes(), whole.mean(), state));
    }
    return new Trace(constructed, steps, Optional.empty());
  }
}
