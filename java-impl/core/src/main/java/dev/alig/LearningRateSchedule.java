package dev.alig;

/** Changes the cap on the step size over time. This is an extension of the authors' optimizer. */
@FunctionalInterface
public interface LearningRateSchedule {
  /** Keeps every group's cap as set. */
  LearningRateSchedule CONSTANT = (step, maxLearningRate) -> maxLearningRate;

  /**
   * The cap for one step of one group.
   *
   * @param step the number of steps taken before this one
   * @param maxLearningRate the group's own setting, infinite if it has no cap
   * @return the cap to use, ≥ 0 and not NaN
   */
  double capAt(long step, double maxLearningRate);
}
