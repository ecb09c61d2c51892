package dev.alig.nd4j.dl4j;

/** Hears of each step of ALI-G, after it has moved the parameters. */
@FunctionalInterface
public interface StepListener {
  /**
   * A step was taken, or skipped.
   *
   * <p>Batch normalization's running statistics and constraints follow after this.
   *
   * @param training what took it, for {@link AliGTraining#groups} and {@link
   *     AliGTraining#parameterNorm}
   * @param event what it did
   */
  void onStep(AliGTraining training, StepEvent event);
}
