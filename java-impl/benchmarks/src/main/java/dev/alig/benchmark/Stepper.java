package dev.alig.benchmark;

/** A contender at its place, ready to step. */
interface Stepper extends AutoCloseable {
  /** Takes steps for so long, after one that does not count; at least one. */
  Slice run(double seconds);

  /** All parameters as they are now; none if it computes nothing. */
  default double[] parameters() {
    return new double[0];
  }

  /** Lets go of all memory that the collector does not know of. */
  @Override
  default void close() {}

  /** How many steps a contender took in its time, and how long they took. */
  record Slice(long steps, double seconds) {
    public Slice {
      if (steps < 1 || !(seconds > 0)) {
        throw new IllegalArgumentException(
            "a slice needs steps >= 1 and seconds > 0, were %d and %s".formatted(steps, seconds));
      }
    }

    /** µs per step. */
    double micros() {
      return seconds * 1e6 / steps;
    }
  }

  /** A contender in this JVM, which a plain loop times. */
  abstract class InJvm implements Stepper {
    /** Looking at the clock takes some 25 ns; between looks pass at least this many seconds. */
    private static final double BETWEEN_LOOKS = 5e-6;

    private int steps = 1;

    /** Takes one step. */
    abstract void step();

    @Override
    public final Slice run(double seconds) {
      step();
      long taken = 0;
      long start = System.nanoTime();
      double passed;
      do {
        for (int i = 0; i < steps; i++) {
          step();
        }
        taken += steps;
        passed = (System.nanoTime() - start) / 1e9;
      } while (passed < seconds);
      steps = (int) Math.max(1, BETWEEN_LOOKS * taken / passed);
      return new Slice(taken, passed);
    }
  }
}
