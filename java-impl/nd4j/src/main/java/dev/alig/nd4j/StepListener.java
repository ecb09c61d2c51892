package dev.alig.nd4j;

/** Is called after each step of a trainer. */
@FunctionalInterface
public interface StepListener {
  /**
   * Called after a step was taken or skipped.
   *
   * @param optimizer the optimizer, for {@link AliG#parameterNorm}; do not change it here
   * @param event what the step did
   */
  void onStep(AliG optimizer, StepEvent event);
}
