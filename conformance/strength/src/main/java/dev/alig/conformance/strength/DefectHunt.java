package dev.alig.conformance.strength;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.strength.Defect.Kind;
import dev.alig.conformance.strength.DetectionResult.Caught;
import dev.alig.conformance.strength.DetectionResult.Survived;
import dev.alig.conformance.strength.DetectionResult.Threw;
import dev.alig.conformance.strength.DrawnCases.Drawn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;

/**
 * Looks for a case of the suite that catches a defective optimizer, in rounds of one case per
 * requirement.
 *
 * <p>A verdict depends only on the case and the trace. If a defective optimizer has the same trace
 * as its sound optimizer, it has the same verdict. So only different traces go to the judge. {@link
 * #control} judges the sound optimizer on every case that was used.
 */
final class DefectHunt {
  /**
   * A defect that shows no difference in this many rounds counts as a survivor. It is as many as a
   * property has tries in {@code mvn verify}. The defects that are hardest to catch take about
   * thirty rounds on average.
   */
  static final int ROUNDS = 200;

  /**
   * The control takes at least this many rounds, even if the defects are caught sooner. A sound
   * optimizer that is itself a subject takes only the rounds of its defects, because the whole
   * suite checks it anyway.
   */
  static final int CONTROL_ROUNDS = 20;

  /** Compares an optimizer with the oracle on a case. */
  interface Referee {
    /** The verdict; it depends only on the requirement, its case and the optimizer's trace. */
    Verdict compare(Requirement requirement, StepCase scripted, Implementation subject);
  }

  private final DrawnCases cases;
  private final Referee referee;
  private final int rounds;
  private final Map<String, Integer> roundsUsed = new HashMap<>();

  /**
   * Creates a hunt.
   *
   * @param arbitraries the generators of the suite
   * @param seed the seed of the cases
   * @param referee compares an optimizer with the oracle on a case
   * @param rounds how many rounds to spend on a defect
   */
  DefectHunt(
      Map<Requirement, Arbitrary<StepCase>> arbitraries, long seed, Referee referee, int rounds) {
    this.cases = new DrawnCases(arbitraries, seed);
    this.referee = referee;
    this.rounds = rounds;
  }

  /** Looks for a case that catches {@code defect}, which derives from {@code sound}. */
  DetectionResult hunt(Defect defect, Defect sound) {
    return search(defect, sound, rounds, false);
  }

  /** Judges a sound optimizer on every case that its defects have run so far; it should survive. */
  DetectionResult control(Defect sound) {
    boolean isSubject = sound.kind() == Kind.TENSORFLOW || sound.kind() == Kind.TENSORFLOW_TF1;
    int used = roundsUsed.getOrDefault(sound.name(), 1);
    int wanted = isSubject ? used : Math.max(used, CONTROL_ROUNDS);
    return search(sound, sound, Math.min(rounds, wanted), true);
  }

  private DetectionResult search(Defect defect, Defect sound, int most, boolean judgesEqual) {
    long asked = 0;
    for (int r = 0; r < most; r++) {
      roundsUsed.merge(sound.name(), r + 1, Math::max);
      for (Drawn drawn : cases.round(r)) {
        Optional<Trace> expected = expected(sound.implementation(), drawn.scripted());
        if (expected.isEmpty()) {
          continue;
        }
        asked++;
        Optional<Trace> trace = trace(defect.implementation(), drawn.scripted());
        if (judgesEqual || !trace.equals(expected)) {
          DetectionResult result = judged(defect, drawn, trace, asked);
          if (!(result instanceof Survived)) {
            return result;
          }
        }
      }
    }
    return new Survived(asked);
  }

  /** A sound optimizer's trace of a case; empty if it cannot run the case or refuses a step. */
  private static Optional<Trace> expected(Implementation sound, StepCase scripted) {
    return Optional.of(scripted)
        .filter(one -> sound.inapplicable(one).isEmpty())
        .map(sound::run)
        .filter(trace -> trace.raised().isEmpty());
  }

  /** A defective optimizer's trace of a case; empty if it fails. */
  private static Optional<Trace> trace(Implementation defective, StepCase scripted) {
    try {
      return Optional.of(defective.run(scripted));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private DetectionResult judged(Defect defect, Drawn drawn, Optional<Trace> trace, long asked) {
    Optional<String> raised = trace.flatMap(Trace::raised);
    if (raised.isPresent()) {
      return new Threw(drawn.requirement(), asked, raised.get());
    }
    Verdict verdict =
        referee.compare(drawn.requirement(), drawn.scripted(), defect.implementation());
    if (verdict instanceof Verdict.Differs) {
      return new Caught(drawn.requirement(), asked);
    }
    return verdict instanceof Verdict.Broken broken
        ? new Threw(drawn.requirement(), asked, broken.stage() + ": " + broken.cause())
        : new Survived(asked);
  }
}
