package dev.alig;

/** Moves the cap of the step size over time; beyond the original. */
@FunctionalInterface
public interface LearningRateSchedule {
  /** Leaves every group's cap as it is set. */
  LearningRateSchedule CONSTANT = (step, maxLearningRate) -> maxLearningRate;

  /**
   * The cap for one step of one group.
   *
   * @param step how many steps were taken before this one
   * @param maxLearningRate the group's own setting, infinite where it has no cap
   * @return the cap to use, at least 0 and not NaN
   */
  double capAt(long step, double maxLearningRate);
}
