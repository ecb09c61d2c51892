package dev.alig.benchmark.race;

import java.util.ArrayList;
import java.util.List;

/**
 * Competitors taking turns.
 *
 * <p>In each round everyone has one slice, and the next round begins with the next competitor. What
 * disturbs the machine for a while meets all of them, so that a round's ratios are sound where its
 * times are not.
 */
public final class Turns implements AutoCloseable {
  /** Threads of the competitor before may go on looking out for work for some milliseconds. */
  private static final long PAUSE_MILLIS = 5;

  private static final double WARM_UP_SLICE = 0.05;

  /** Slices in a row without progress after which a competitor has its speed. */
  private static final int STEADY = 4;

  private static final double PROGRESS = 0.97;

  /** HotSpot compiles a method for the last time after 5,000 calls or more. */
  private static final int COMPILED = 10_000;

  private static final int STEPS_A_SLICE = 3;

  private final Pace pace;
  private final List<Lane> lanes = new ArrayList<>();

  /** Turns without competitors yet. */
  public Turns(Pace pace) {
    this.pace = pace;
  }

  /** Adds something that is done again and again in this thread. */
  public void add(Runnable step) {
    add(new InJvm(step, () -> {}));
  }

  void add(Competitor competitor) {
    lanes.add(new Lane(competitor));
  }

  /** Lets all of them run; returns µs a step of each, for each round. */
  public List<List<Double>> run() {
    lanes.forEach(lane -> lane.warmUp(pace));
    for (int round = 0; round < pace.rounds(); round++) {
      for (int i = 0; i < lanes.size(); i++) {
        lanes.get((i + round) % lanes.size()).run();
      }
    }
    return lanes.stream().map(lane -> List.copyOf(lane.micros)).toList();
  }

  @Override
  public void close() {
    lanes.forEach(lane -> lane.competitor.close());
  }

  /** A competitor and what it took so far. */
  private static final class Lane {
    private final Competitor competitor;
    private final List<Double> micros = new ArrayList<>();
    private double slice;

    Lane(Competitor competitor) {
      this.competitor = competitor;
    }

    void warmUp(Pace pace) {
      double best = Double.POSITIVE_INFINITY;
      double passed = 0;
      long steps = 0;
      int steady = 0;
      while (passed < pace.warmUp() && (steady < STEADY || steps < COMPILED)) {
        Slice taken = competitor.run(Math.min(WARM_UP_SLICE, pace.slice()));
        passed += taken.seconds();
        steps += taken.steps();
        steady = taken.micros() < PROGRESS * best ? 0 : steady + 1;
        best = Math.min(best, taken.micros());
      }
      slice = Math.max(pace.slice(), STEPS_A_SLICE * best / 1e6);
    }

    void run() {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted between two slices", e);
      }
      micros.add(competitor.run(slice).micros());
    }
  }
}
