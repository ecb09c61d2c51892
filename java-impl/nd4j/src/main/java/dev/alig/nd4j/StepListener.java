package dev.alig.nd4j;

/** Hears of each step that a trainer takes, after it has moved the parameters. */
@FunctionalInterface
public interface StepListener {
  /**
   * A step was taken, or skipped.
   *
   * @param optimizer what took it, for {@link AliG#parameterNorm}; not to be changed here
   * @param event what it did
   */
  void onStep(AliG optimizer, StepEvent event);
}
