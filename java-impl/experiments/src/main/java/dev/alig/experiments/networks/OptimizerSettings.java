package dev.alig.experiments.networks;

/** Which optimizer trains a network, with its settings. */
public sealed interface OptimizerSettings {
  /**
   * ALI-G.
   *
   * @param maxLearningRate the cap on the step size; infinite for none
   * @param momentum at least 0
   * @param ball the radius of the l2 ball; infinite for none
   */
  record AliG(double maxLearningRate, double momentum, double ball) implements OptimizerSettings {
    /** Checks the settings. */
    public AliG {
      requirePositive("maxLearningRate", maxLearningRate);
      requireMomentum(momentum);
      requirePositive("ball", ball);
    }
  }

  /** Gradient descent at a constant rate, with Nesterov momentum if {@code momentum} is not 0. */
  record Sgd(double rate, double momentum) implements OptimizerSettings {
    /** Checks the settings. */
    public Sgd {
      requirePositive("rate", rate);
      requireMomentum(momentum);
    }
  }

  /** Adam with its usual decay rates, 0.9 and 0.999, and eps 1e-8. */
  record Adam(double rate) implements OptimizerSettings {
    /** Checks the rate. */
    public Adam {
      requirePositive("rate", rate);
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be > 0, was " + value);
    }
  }

  private static void requireMomentum(double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("momentum must be >= 0 and < 1, was " + value);
    }
  }
}
