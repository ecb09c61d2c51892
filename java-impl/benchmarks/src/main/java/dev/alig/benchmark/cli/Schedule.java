package dev.alig.benchmark.cli;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Momentum;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.race.Race;
import dev.alig.conformance.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The races of a worker.
 *
 * @param sizes the numbers of parameters
 * @param contenders who takes part
 * @param extent which settings
 */
record Schedule(List<Integer> sizes, Set<Contender> contenders, Extent extent) {
  /** Who runs where one thing is varied. */
  private static final Set<Contender> CORE =
      Set.of(Contender.OURS, Contender.TORCH, Contender.PROBE);

  /** How much is compared. */
  enum Extent {
    /** FLOAT with standard momentum and no ball. */
    BASE,
    /** And, for torch, ours and the probe, each of these varied by itself. */
    AXES,
    /** Every combination, with everyone. */
    ALL
  }

  List<Race> races() {
    List<Race> races = new ArrayList<>();
    for (int n : sizes) {
      add(races, Setting.base(n), contenders);
    }
    for (Setting like : others()) {
      Set<Contender> who = extent == Extent.ALL ? contenders : CORE;
      for (int n : sizes) {
        add(races, new Setting(n, like.dtype(), like.momentum(), like.ball()), who);
      }
    }
    return races;
  }

  private void add(List<Race> races, Setting setting, Set<Contender> who) {
    // In the order of the constants.
    List<Contender> those =
        Arrays.stream(Contender.values())
            .filter(contender -> contenders.contains(contender) && who.contains(contender))
            .toList();
    Race race = new Race(setting, those);
    if (!race.contenders().isEmpty()) {
      races.add(race);
    }
  }

  /** The kinds of setting beside the base, of any size. */
  private List<Setting> others() {
    List<Setting> others = new ArrayList<>();
    Setting base = Setting.base(1);
    for (DType dtype : DType.values()) {
      for (Momentum momentum :
          new Momentum[] {Momentum.STANDARD, Momentum.NONE, Momentum.ADJUSTED}) {
        for (boolean ball : new boolean[] {false, true}) {
          Setting setting = new Setting(1, dtype, momentum, ball);
          int varied = distance(base, setting);
          if (varied > 0 && (extent == Extent.ALL || (extent == Extent.AXES && varied == 1))) {
            others.add(setting);
          }
        }
      }
    }
    return others;
  }

  private static int distance(Setting one, Setting other) {
    int distance = one.dtype() == other.dtype() ? 0 : 1;
    distance += one.momentum() == other.momentum() ? 0 : 1;
    distance += one.ball() == other.ball() ? 0 : 1;
    return distance;
  }
}
