package dev.alig.tensorflow;

/** Which of the authors' two optimizers a step follows where they differ. */
public enum Semantics {
  /**
   * The semantics of {@code alig.th}, for PyTorch. It has both forms of momentum, no lower limit on
   * the step size, and a projection before the first step and after each step.
   */
  PYTORCH,

  /**
   * The semantics of {@code alig.tf}, for TensorFlow 1. It has only the adjusted form of momentum,
   * and no projection. If there is a cap, the step size is clipped to [0, cap], so that a negative
   * loss gives a step size of 0. An infinite {@code maxLearningRate} means no cap; a scheduled cap
   * whose value is infinite still clips at 0.
   */
  TF1
}
