package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.bounds.WholeState;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.List;

/** A step of an optimizer in bounded operations, in the order of its original in PyTorch. */
abstract class Rule implements WholeState {
  /**
   * {@inheritDoc}
   *
   * <p>Only what has no root and no sum can have equal bits: torch's roots are not correctly
   * rounded, and it adds in an order of its own.
   */
  @Override
  public boolean isBitwise() {
    return false;
  }

  @Override
  public final BoundedState next(
      StepCase scripted,
      BoundedState before,
      Step step,
      List<Bounded> stepSizes,
      Rounding rounding) {
    BoundedRun run = new BoundedRun(scripted, before, step, stepSizes.get(0), rounding);
    take(run);
    return run.state(before);
  }

  /** Changes parameters, vectors and numbers of the state; the number of steps is counted. */
  abstract void take(BoundedRun run);
}
