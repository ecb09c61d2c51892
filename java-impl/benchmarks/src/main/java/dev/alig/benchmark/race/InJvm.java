package dev.alig.benchmark.race;

import dev.alig.benchmark.contender.Stepper;

/** A contender of this JVM. */
final class InJvm implements Competitor {
  /** Looking at the clock takes some 25 ns; between looks pass at least this many. */
  private static final double BETWEEN_LOOKS = 5e-6;

  private final Stepper stepper;
  private int steps = 1;

  InJvm(Stepper stepper) {
    this.stepper = stepper;
  }

  @Override
  public Slice run(double seconds) {
    stepper.step();
    long taken = 0;
    long start = System.nanoTime();
    double passed;
    do {
      for (int i = 0; i < steps; i++) {
        stepper.step();
      }
      taken += steps;
      passed = (System.nanoTime() - start) / 1e9;
    } while (passed < seconds);
    steps = (int) Math.max(1, BETWEEN_LOOKS * taken / passed);
    return new Slice(taken, passed);
  }

  @Override
  public void close() {
    stepper.close();
  }
}
