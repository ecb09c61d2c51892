package dev.alig.benchmark.race;

/**
 * What a contender did in its time.
 *
 * @param steps how many steps
 * @param seconds how long they took
 */
record Slice(long steps, double seconds) {
  Slice {
    if (steps < 1 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "a slice needs steps >= 1 and seconds > 0, were %d and %s".formatted(steps, seconds));
    }
  }

  /** µs a step. */
  double micros() {
    return seconds * 1e6 / steps;
  }
}
