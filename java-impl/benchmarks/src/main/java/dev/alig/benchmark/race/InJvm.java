package dev.alig.benchmark.race;

/** Something in this JVM that can be done again and again. */
final class InJvm implements Competitor {
  /** Looking at the clock takes some 25 ns; between looks pass at least this many. */
  private static final double BETWEEN_LOOKS = 5e-6;

  private final Runnable step;
  private final Runnable end;
  private int steps = 1;

  /**
   * A competitor.
   *
   * @param step what is timed
   * @param end lets go of what it uses
   */
  InJvm(Runnable step, Runnable end) {
    this.step = step;
    this.end = end;
  }

  @Override
  public Slice run(double seconds) {
    step.run();
    long taken = 0;
    long start = System.nanoTime();
    double passed;
    do {
      for (int i = 0; i < steps; i++) {
        step.run();
      }
      taken += steps;
      passed = (System.nanoTime() - start) / 1e9;
    } while (passed < seconds);
    steps = (int) Math.max(1, BETWEEN_LOOKS * taken / passed);
    return new Slice(taken, passed);
  }

  @Override
  public void close() {
    end.run();
  }
}
