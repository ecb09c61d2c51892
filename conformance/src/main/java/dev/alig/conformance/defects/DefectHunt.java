package dev.alig.conformance.defects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.defects.DrawnCases.Drawn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;

/**
 * Looks for a case of the suite that catches a defective optimizer, in rounds of one case a
 * requirement.
 *
 * <p>A verdict follows from the case and the trace alone. So where a defect leaves the trace of the
 * sound optimizer that it is derived from, the verdict is that of the sound one, and only other
 * traces go to the judge; {@link #control} judges the sound one on every case that was used.
 */
public final class DefectHunt {
  /**
   * After so many rounds without a difference a defect counts as a survivor. The rarest take about
   * thirty on average, so that a seed under which one of them survives is not to be met.
   */
  public static final int ROUNDS = 400;

  /** The sound optimizers are asked at least this often, however soon the defects are caught. */
  static final int CONTROL_ROUNDS = 20;

  /** Compares an optimizer with the oracle on a case. */
  public interface Referee {
    /** The verdict, which follows from the case and the optimizer's trace. */
    Verdict compare(Scripted scripted, Implementation subject);
  }

  private final DrawnCases cases;
  private final Referee referee;
  private final int rounds;
  private final Map<String, List<List<Trace>>> soundTraces = new HashMap<>();
  private int roundsUsed = CONTROL_ROUNDS;

  /**
   * A hunt.
   *
   * @param arbitraries the generators of the suite
   * @param seed what the cases follow from
   * @param referee compares an optimizer with the oracle on a case
   * @param rounds how many rounds to spend on a defect
   */
  public DefectHunt(
      Map<Requirement, Arbitrary<Scripted>> arbitraries, long seed, Referee referee, int rounds) {
    this.cases = new DrawnCases(arbitraries, seed);
    this.referee = referee;
    this.rounds = rounds;
  }

  /** Looks for a case that catches {@code defect}, which derives from {@code sound}. */
  public Fate hunt(Defect defect, Defect sound) {
    long asked = 0;
    for (int r = 0; r < rounds; r++) {
      roundsUsed = Math.max(roundsUsed, r + 1);
      List<Drawn> round = cases.round(r);
      List<Trace> expected = soundTraces(sound, r);
      List<Outcome> found = outcomes(defect.implementation(), round);
      for (int i = 0; i < round.size(); i++) {
        if (expected.get(i).raised().isPresent()) {
          continue;
        }
        asked++;
        if (found.get(i) instanceof Ran ran && ran.trace.equals(expected.get(i))) {
          continue;
        }
        Fate fate = fate(defect, round.get(i), found.get(i), asked);
        if (!(fate instanceof Fate.Survived)) {
          return fate;
        }
      }
    }
    return new Fate.Survived(asked);
  }

  /** Asks a sound optimizer every case that a defect was asked so far; it should survive. */
  public Fate control(Defect sound) {
    long asked = 0;
    for (int r = 0; r < Math.min(rounds, roundsUsed); r++) {
      List<Drawn> round = cases.round(r);
      List<Trace> traces = soundTraces(sound, r);
      for (int i = 0; i < round.size(); i++) {
        if (traces.get(i).raised().isPresent()) {
          continue;
        }
        asked++;
        Fate fate = fate(sound, round.get(i), new Ran(traces.get(i)), asked);
        if (!(fate instanceof Fate.Survived)) {
          return fate;
        }
      }
    }
    return new Fate.Survived(asked);
  }

  private Fate fate(Defect defect, Drawn drawn, Outcome outcome, long asked) {
    if (outcome instanceof Ran ran && ran.trace.raised().isPresent()) {
      return new Fate.Threw(drawn.requirement(), asked, ran.trace.raised().get());
    }
    Implementation answering = new Answering(defect.implementation(), drawn.scripted(), outcome);
    Verdict verdict = referee.compare(drawn.scripted(), answering);
    if (verdict instanceof Verdict.Differs) {
      return new Fate.Caught(drawn.requirement(), asked);
    }
    if (verdict instanceof Verdict.Broken broken) {
      return new Fate.Threw(
          drawn.requirement(), asked, "%s: %s".formatted(broken.stage(), broken.cause()));
    }
    return new Fate.Survived(asked);
  }

  private List<Trace> soundTraces(Defect sound, int round) {
    List<List<Trace>> known = soundTraces.computeIfAbsent(sound.name(), n -> new ArrayList<>());
    while (known.size() <= round) {
      List<Scripted> scripted = cases.round(known.size()).stream().map(Drawn::scripted).toList();
      known.add(sound.implementation().runAll(scripted));
    }
    return known.get(round);
  }

  private static List<Outcome> outcomes(Implementation implementation, List<Drawn> round) {
    List<Scripted> scripted = round.stream().map(Drawn::scripted).toList();
    try {
      return implementation.runAll(scripted).stream().map(t -> (Outcome) new Ran(t)).toList();
    } catch (RuntimeException inBatch) {
      // Which case it was shows one by one.
      return scripted.stream().map(one -> outcome(implementation, one)).toList();
    }
  }

  private static Outcome outcome(Implementation implementation, Scripted scripted) {
    try {
      return new Ran(implementation.run(scripted));
    } catch (RuntimeException e) {
      return new Failed(e);
    }
  }

  private sealed interface Outcome {}

  private record Ran(Trace trace) implements Outcome {}

  private record Failed(RuntimeException cause) implements Outcome {}

  /** An optimizer that has run a case already. */
  private record Answering(Implementation optimizer, Scripted scripted, Outcome outcome)
      implements Implementation {
    @Override
    public String name() {
      return optimizer.name();
    }

    @Override
    public String version() {
      return optimizer.version();
    }

    @Override
    public String digest() {
      return optimizer.digest();
    }

    @Override
    public Algorithm algorithm() {
      return optimizer.algorithm();
    }

    @Override
    public Trace run(Scripted asked) {
      if (!asked.equals(scripted)) {
        return optimizer.run(asked);
      }
      if (outcome instanceof Failed failed) {
        throw failed.cause;
      }
      return ((Ran) outcome).trace;
    }
  }
}
