package dev.alig.conformance.subjects.optimizers;

import java.util.List;
import java.util.random.RandomGenerator;

/** A setting of an optimizer, and from which values cases draw it. */
record Setting(List<Double> usual) {
  static final Setting MOMENTUM = of(0.0, 0.9, 0.5, 0.99);
  static final Setting POSITIVE_MOMENTUM = of(0.9, 0.5, 0.99);
  static final Setting DECAY = of(0.0, 1e-4, 5e-4, 0.1);
  static final Setting BETA = of(0.9, 0.999, 0.5, 0.3);
  static final Setting EPS = of(1e-8, 1e-5, 1e-3, 1e-10);

  private static Setting of(Double... usual) {
    return new Setting(List.of(usual));
  }

  /** A usual value, or one near it with all its digits. */
  double draw(RandomGenerator random) {
    double value = usual.get(random.nextInt(usual.size()));
    return random.nextBoolean() ? value : value * (0.9 + 0.1 * random.nextDouble());
  }
}
