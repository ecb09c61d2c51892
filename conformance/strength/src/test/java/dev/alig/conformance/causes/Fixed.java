package dev.alig.conformance.causes;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.function.UnaryOperator;

/** An optimizer that runs a changed copy of the case it is given. */
class Fixed implements Implementation {
  private final Implementation behind;
  private final UnaryOperator<StepCase> change;

  Fixed(Implementation behind, UnaryOperator<StepCase> change) {
    this.behind = behind;
    this.change = change;
  }

  @Override
  public String name() {
    return "fixed";
  }

  @Override
  public Trace run(StepCase scripted) {
    return behind.run(change.apply(scripted));
  }
}
