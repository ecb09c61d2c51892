package dev.alig.conformance.strength;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.model.StepCase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/** The suite's cases in rounds of one case per requirement; every defect gets the same cases. */
final class DrawnCases {
  /** jqwik's default number of tries; some generators adapt to it. */
  private static final int TRIES = 1000;

  private final Map<Requirement, Supplier<StepCase>> sources = new EnumMap<>(Requirement.class);
  private final List<List<Drawn>> rounds = new ArrayList<>();

  /** A case and the requirement whose generator drew it. */
  record Drawn(Requirement requirement, StepCase scripted) {}

  DrawnCases(Map<Requirement, Arbitrary<StepCase>> arbitraries, long seed) {
    JqwikSession.run(
        () ->
            arbitraries.forEach(
                (requirement, arbitrary) -> {
                  Random random = new Random(seed * 31 + requirement.name().hashCode());
                  RandomGenerator<StepCase> generator = arbitrary.generator(TRIES);
                  sources.put(requirement, () -> generator.next(random).value());
                }));
  }

  /** The cases of a round; rounds count from 0. */
  List<Drawn> round(int number) {
    while (rounds.size() <= number) {
      JqwikSession.run(() -> rounds.add(draw()));
    }
    return rounds.get(number);
  }

  private List<Drawn> draw() {
    return sources.entrySet().stream()
        .map(source -> new Drawn(source.getKey(), source.getValue().get()))
        .toList();
  }
}
