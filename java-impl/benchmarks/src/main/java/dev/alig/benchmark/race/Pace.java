package dev.alig.benchmark.race;

/**
 * How long everything takes.
 *
 * @param rounds the slices of each contender
 * @param slice their length in seconds; longer where a step takes more than a third of it
 * @param warmUp the seconds that a contender has at most to reach its speed; more only where a
 *     slice takes longer
 */
public record Pace(int rounds, double slice, double warmUp) {
  /** Refuses what measures nothing. */
  public Pace {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be >= 1, was " + rounds);
    }
    if (!(slice > 0) || !(warmUp > 0)) {
      throw new IllegalArgumentException(
          "slice and warm-up must be > 0 seconds, were %s and %s".formatted(slice, warmUp));
    }
  }
}
