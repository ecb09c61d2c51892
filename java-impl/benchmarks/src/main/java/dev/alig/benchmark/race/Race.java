package dev.alig.benchmark.race;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.contender.Stepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Contenders at one setting.
 *
 * @param contenders those that can step on it
 */
public record Race(Setting setting, List<Contender> contenders) {
  /** Parameters, gradients, momentum, and a scratch or what the data came in. */
  private static final long VECTORS = 4;

  /** Keeps the contenders that can step on this setting. */
  public Race {
    contenders = contenders.stream().filter(contender -> contender.fits(setting)).toList();
  }

  /** The memory that all contenders hold, as vectors of parameters. */
  public long bytes() {
    return VECTORS * contenders.size() * setting.bytes();
  }

  /**
   * Runs the race.
   *
   * @param twin the Python process; may be empty if no contender needs it
   */
  RaceResult run(Pace pace, Optional<Twin> twin) {
    Turns turns = new Turns(pace);
    try {
      for (Contender contender : contenders) {
        turns.add(open(contender, twin));
      }
      List<List<Double>> micros = turns.run();
      List<Timing> timings = new ArrayList<>();
      for (int i = 0; i < contenders.size(); i++) {
        timings.add(new Timing(contenders.get(i), micros.get(i)));
      }
      return new RaceResult(setting, timings);
    } finally {
      turns.close();
    }
  }

  private Competitor open(Contender contender, Optional<Twin> twin) {
    if (contender.isPython()) {
      return new InPython(twin.orElseThrow(), setting, contender.tensors());
    }
    Stepper stepper = contender.open(setting);
    return new InJvm(stepper::step, stepper::close);
  }
}
