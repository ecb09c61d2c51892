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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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

  /**
   * The sound optimizers are asked at least this often, however soon the defects are caught; but
   * one that is a subject of the suite was asked by all of it already.
   */
  static final int CONTROL_ROUNDS = 20;

  /** Compares an optimizer with the oracle on a case. */
  public interface Referee {
    /** The verdict, which follows from the case and the optimizer's trace. */
    Verdict compare(Scripted scripted, Implementation subject);
  }

  private final DrawnCases cases;
  private final Referee referee;
  private final int rounds;
  private final Map<String, List<List<Optional<Trace>>>> soundTraces = new HashMap<>();
  private final Map<String, Integer> roundsUsed = new HashMap<>();

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
      roundsUsed.merge(sound.name(), r + 1, Math::max);
      List<Drawn> round = cases.round(r);
      List<Optional<Trace>> expected = soundTraces(sound, r);
      IntFunction<Outcome> found = outcomes(defect, round);
      for (int i = 0; i < round.size(); i++) {
        if (expected.get(i).isEmpty()) {
          continue;
        }
        asked++;
        Outcome outcome = found.apply(i);
        if (outcome instanceof Ran ran && ran.trace.equals(expected.get(i).get())) {
          continue;
        }
        Fate fate = fate(defect, round.get(i), outcome, asked);
        if (!(fate instanceof Fate.Survived)) {
          return fate;
        }
      }
    }
    return new Fate.Survived(asked);
  }

  /** Asks a sound optimizer every case that its defects were asked so far; it should survive. */
  public Fate control(Defect sound) {
    long asked = 0;
    int used = roundsUsed.getOrDefault(sound.name(), 1);
    int least = sound.kind().isSubject() ? used : CONTROL_ROUNDS;
    for (int r = 0; r < Math.min(rounds, Math.max(least, used)); r++) {
      List<Drawn> round = cases.round(r);
      List<Optional<Trace>> traces = soundTraces(sound, r);
      for (int i = 0; i < round.size(); i++) {
        if (traces.get(i).isEmpty()) {
          continue;
        }
        asked++;
        Fate fate = fate(sound, round.get(i), new Ran(traces.get(i).get()), asked);
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

  /** What the sound one makes of a round's cases; empty where it cannot, or refuses a step. */
  private List<Optional<Trace>> soundTraces(Defect sound, int round) {
    List<List<Optional<Trace>>> known =
        soundTraces.computeIfAbsent(sound.name(), n -> new ArrayList<>());
    while (known.size() <= round) {
      List<Scripted> scripted = cases.round(known.size()).stream().map(Drawn::scripted).toList();
      known.add(traces(sound.implementation(), scripted));
    }
    return known.get(round);
  }

  private static List<Optional<Trace>> traces(Implementation sound, List<Scripted> scripted) {
    List<Scripted> applicable =
        scripted.stream().filter(one -> sound.inapplicable(one).isEmpty()).toList();
    Iterator<Trace> ran = sound.runAll(applicable).iterator();
    return scripted.stream()
        .map(one -> sound.inapplicable(one).isEmpty() ? Optional.of(ran.next()) : none())
        .map(trace -> trace.filter(t -> t.raised().isEmpty()))
        .toList();
  }

  private static Optional<Trace> none() {
    return Optional.empty();
  }

  private static IntFunction<Outcome> outcomes(Defect defect, List<Drawn> round) {
    List<Scripted> scripted = round.stream().map(Drawn::scripted).toList();
    Implementation implementation = defect.implementation();
    if (!defect.kind().isBatched()) {
      return i -> outcome(implementation, scripted.get(i));
    }
    try {
      List<Trace> traces = implementation.runAll(scripted);
      return i -> new Ran(traces.get(i));
    } catch (RuntimeException inBatch) {
      // Which case it was shows one by one.
      return i -> outcome(implementation, scripted.get(i));
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
