package dev.alig.benchmark;

import dev.alig.benchmark.RaceResult.Timing;
import dev.alig.benchmark.Turns.Pace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Contenders at one setting.
 *
 * @param contenders those that can step on it
 */
record Race(Setting setting, List<Contender> contenders) {
  /** Who runs where the setting is varied. */
  private static final Set<Contender> CORE =
      Set.of(Contender.TORCH, Contender.OURS, Contender.PROBE);

  /** Keeps the contenders that can step on this setting, in the order of the constants. */
  Race(Setting setting, List<Contender> contenders) {
    this.setting = setting;
    this.contenders =
        Arrays.stream(Contender.values())
            .filter(contenders::contains)
            .filter(contender -> contender.fits(setting))
            .toList();
  }

  /**
   * Every race of these sizes and contenders in which somebody runs, the base settings first.
   *
   * @param varied whether torch, ours and the probe run with a ball and in DOUBLE too
   */
  static List<Race> all(List<Integer> sizes, Set<Contender> contenders, boolean varied) {
    List<Race> races = new ArrayList<>();
    sizes.forEach(n -> races.add(new Race(Setting.base(n), List.copyOf(contenders))));
    if (varied) {
      List<Contender> core = contenders.stream().filter(CORE::contains).toList();
      sizes.forEach(n -> races.add(new Race(Setting.base(n).withBall(), core)));
      sizes.forEach(n -> races.add(new Race(Setting.base(n).inDouble(), core)));
    }
    races.removeIf(race -> race.contenders.isEmpty());
    return races;
  }

  /** Whether torch takes part. */
  boolean needsPython() {
    return contenders.stream().anyMatch(Contender::isPython);
  }

  /**
   * Runs the race.
   *
   * @param python the process of torch; may be empty if no contender needs it
   */
  RaceResult run(Pace pace, Optional<JsonProcess> python) {
    List<Stepper> steppers = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        steppers.add(
            contender.isPython()
                ? contender.open(setting, python.orElseThrow())
                : contender.open(setting));
      }
      List<List<Double>> micros = Turns.run(steppers, pace);
      return new RaceResult(
          setting,
          IntStream.range(0, micros.size())
              .mapToObj(i -> new Timing(contenders.get(i), micros.get(i)))
              .toList());
    } finally {
      steppers.forEach(Stepper::close);
    }
  }
}
