package dev.alig.benchmark.race;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Contenders at one setting, in turns.
 *
 * <p>In each round everyone has one slice, and the next round begins with the next contender. What
 * disturbs the machine for a while meets all of them, so that a round's ratios are sound where its
 * times are not.
 */
public record Race(Setting setting, List<Contender> contenders) {
  /** Threads of the contender before may go on looking out for work for some milliseconds. */
  private static final long PAUSE_MILLIS = 5;

  private static final double WARM_UP_SLICE = 0.05;

  /** Slices in a row without progress after which a contender has its speed. */
  private static final int STEADY = 4;

  private static final double PROGRESS = 0.97;

  private static final int STEPS_A_SLICE = 3;

  /** Keeps the contenders that can step on this setting. */
  public Race {
    contenders = contenders.stream().filter(contender -> contender.fits(setting)).toList();
  }

  /**
   * Runs the race.
   *
   * @param twin the Python process; may be empty if no contender needs it
   */
  public RaceResult run(Pace pace, Optional<Twin> twin) {
    List<Lane> lanes = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        lanes.add(new Lane(contender, open(contender, twin)));
      }
      lanes.forEach(lane -> lane.warmUp(pace));
      for (int round = 0; round < pace.rounds(); round++) {
        for (int i = 0; i < lanes.size(); i++) {
          lanes.get((i + round) % lanes.size()).run();
        }
      }
      return new RaceResult(setting, lanes.stream().map(Lane::timing).toList());
    } finally {
      lanes.forEach(lane -> lane.competitor.close());
    }
  }

  private Competitor open(Contender contender, Optional<Twin> twin) {
    return contender.isPython()
        ? new InPython(twin.orElseThrow(), setting, contender.tensors())
        : new InJvm(contender.open(setting));
  }

  /** A contender and what it took so far. */
  private static final class Lane {
    private final Contender contender;
    private final Competitor competitor;
    private final List<Double> micros = new ArrayList<>();
    private double slice;

    Lane(Contender contender, Competitor competitor) {
      this.contender = contender;
      this.competitor = competitor;
    }

    void warmUp(Pace pace) {
      double best = Double.POSITIVE_INFINITY;
      double passed = 0;
      for (int steady = 0; steady < STEADY && passed < pace.warmUp(); steady++) {
        Slice taken = competitor.run(Math.min(WARM_UP_SLICE, pace.slice()));
        passed += taken.seconds();
        if (taken.micros() < PROGRESS * best) {
          steady = -1;
        }
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

    Timing timing() {
      return new Timing(contender, micros);
    }
  }
}
