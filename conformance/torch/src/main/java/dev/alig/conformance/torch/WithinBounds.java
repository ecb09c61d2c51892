package dev.alig.conformance.torch;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.List;

/** An algorithm on kernels that do not fuse, of which no bits are asked. */
record WithinBounds(Algorithm of) implements Algorithm {
  @Override
  public boolean isBitwise() {
    return false;
  }

  @Override
  public boolean flushes() {
    return of.flushes();
  }

  @Override
  public boolean hasFixedStepSizes() {
    return of.hasFixedStepSizes();
  }

  @Override
  public Bounded unclipped(StepCase scripted, Step step, Rounding rounding) {
    return of.unclipped(scripted, step, rounding);
  }

  @Override
  public Bounded stepSize(Bounded unclipped, Group group, DType dtype) {
    return of.stepSize(unclipped, group, dtype);
  }

  @Override
  public BoundedState next(
      StepCase scripted,
      BoundedState before,
      Step step,
      List<Bounded> stepSizes,
      Rounding rounding) {
    return of.next(scripted, before, step, stepSizes, rounding);
  }

  @Override
  public Update update(StepCase scripted, Group group, Bounded stepSize, Rounding rounding) {
    return of.update(scripted, group, stepSize, rounding);
  }
}
