package dev.alig.tensorflow;

/** Which of the authors' two optimizers a step follows where they differ. */
public enum Semantics {
  /**
   * That of {@code alig.th}, for PyTorch: either form of momentum, a step size without a lower
   * limit, and a projection at the start and after each step.
   */
  PYTORCH,

  /**
   * That of {@code alig.tf}, for TensorFlow 1: the adjusted form of momentum alone, no projection,
   * and where there is a cap, a step size clipped to [0, cap], so that a negative loss stops. A cap
   * that is infinite is none here; fed to a scheduled cap, infinity clips at 0.
   */
  TF1
}
