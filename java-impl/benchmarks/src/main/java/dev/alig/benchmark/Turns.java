package dev.alig.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Contenders taking turns.
 *
 * <p>In each round everyone has one slice, and the next round begins with the next contender. What
 * disturbs the machine for a while meets all of them, so that a round's ratios are sound where its
 * times are not.
 */
final class Turns {
  /** Threads of the contender before may go on looking out for work for some milliseconds. */
  private static final long PAUSE_NANOS = 5_000_000;

  private static final double WARM_UP_SLICE = 0.05;

  /** Slices in a row without progress after which a contender has its speed. */
  private static final int STEADY = 4;

  private static final double PROGRESS = 0.97;

  /** HotSpot compiles a method for the last time after 5,000 calls or more. */
  private static final int COMPILED = 10_000;

  private static final int STEPS_PER_SLICE = 3;

  private Turns() {}

  /**
   * How long everything takes.
   *
   * @param rounds the slices of each contender
   * @param slice their length in seconds; longer where a step takes more than a third of it
   * @param warmUp the seconds that a contender has at most to reach its speed; more only where a
   *     slice takes longer
   */
  record Pace(int rounds, double slice, double warmUp) {
    Pace {
      if (rounds < 1) {
        throw new IllegalArgumentException("rounds must be >= 1, was " + rounds);
      }
      if (!(slice > 0) || !(warmUp > 0)) {
        throw new IllegalArgumentException(
            "slice and warm-up must be > 0 seconds, were %s and %s".formatted(slice, warmUp));
      }
    }
  }

  /** Lets all of them run; returns µs per step of each, for each round. */
  static List<List<Double>> run(List<? extends Stepper> contenders, Pace pace) {
    List<Double> slices = contenders.stream().map(stepper -> warmUp(stepper, pace)).toList();
    List<List<Double>> micros =
        contenders.stream().<List<Double>>map(s -> new ArrayList<>()).toList();
    for (int round = 0; round < pace.rounds(); round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        int who = (round + turn) % contenders.size();
        LockSupport.parkNanos(PAUSE_NANOS);
        micros.get(who).add(contenders.get(who).run(slices.get(who)).micros());
      }
    }
    return micros;
  }

  /** Lets a contender reach its speed; returns how long its slices are to be. */
  private static double warmUp(Stepper contender, Pace pace) {
    double best = Double.POSITIVE_INFINITY;
    double passed = 0;
    long steps = 0;
    int steady = 0;
    while (passed < pace.warmUp() && (steady < STEADY || steps < COMPILED)) {
      Stepper.Slice taken = contender.run(Math.min(WARM_UP_SLICE, pace.slice()));
      passed += taken.seconds();
      steps += taken.steps();
      steady = taken.micros() < PROGRESS * best ? 0 : steady + 1;
      best = Math.min(best, taken.micros());
    }
    return Math.max(pace.slice(), STEPS_PER_SLICE * best / 1e6);
  }
}
