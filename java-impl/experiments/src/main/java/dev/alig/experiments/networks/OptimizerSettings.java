package dev.alig.experiments.networks;

import dev.alig.experiments.optimizers.AdaGrad;
import dev.alig.experiments.optimizers.AdamW;
import dev.alig.experiments.optimizers.BpGrad;
import dev.alig.experiments.optimizers.FlatOptimizer;
import dev.alig.experiments.optimizers.Format;
import dev.alig.experiments.optimizers.L4;
import dev.alig.experiments.optimizers.Yogi;

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

  /**
   * One of {@link dev.alig.experiments.optimizers}, which steps on all parameters as one array.
   *
   * @param name {@code sgd}, {@code adam}, {@code amsgrad}, {@code adagrad}, {@code adamw}, {@code
   *     yogi}, {@code bpgrad}, {@code l4adam} or {@code l4mom}
   * @param rate the learning rate; for L4 the fraction of the possible decrease
   * @param momentum the momentum of {@code sgd}, which is Nesterov's, and of {@code bpgrad}
   * @param decay the weight decay, which acts on all parameters
   */
  record Flat(String name, double rate, double momentum, double decay)
      implements OptimizerSettings {
    private static final double EPS = 1e-8;

    /** Checks the settings. */
    public Flat {
      requirePositive("rate", rate);
      requireMomentum(momentum);
      create(name, Format.FLOAT, 0, momentum, decay);
    }

    /** The optimizer of {@code size} parameters, with PyTorch's defaults for all else. */
    FlatOptimizer create(Format format, int size) {
      return create(name, format, size, momentum, decay);
    }

    private static FlatOptimizer create(
        String name, Format format, int size, double momentum, double decay) {
      return switch (name) {
        case "sgd" -> new dev.alig.experiments.optimizers.Sgd(format, size, momentum, true, decay);
        case "adam", "amsgrad" ->
            new dev.alig.experiments.optimizers.Adam(
                format, size, 0.9, 0.999, EPS, decay, name.equals("amsgrad"));
        case "adagrad" -> new AdaGrad(format, size, 1e-10, decay);
        case "adamw" -> new AdamW(format, size, 0.9, 0.999, EPS, decay);
        case "yogi" -> new Yogi(format, size, 0.9, 0.999, EPS, decay);
        case "bpgrad" -> new BpGrad(format, size, momentum, decay, 1e-5);
        case "l4adam", "l4mom" -> new L4(format, size, name.equals("l4adam"), decay);
        default ->
            throw new IllegalArgumentException(
                "optimizer must be alig, sgd, adam, amsgrad, adagrad, adamw, yogi, bpgrad, l4adam"
                    + " or l4mom, was "
                    + name);
      };
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
