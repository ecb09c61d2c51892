package dev.alig.conformance.defects;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.Scripted;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/** The suite's cases in rounds, one of each requirement in turn; the same for every defect. */
final class DrawnCases {
  /** jqwik's own default number of tries, which some generators adapt to. */
  private static final int TRIES = 1000;

  private final Map<Requirement, Source> sources = new EnumMap<>(Requirement.class);
  private final List<List<Drawn>> rounds = new ArrayList<>();

  /** A case and the requirement whose generator drew it. */
  record Drawn(Requirement requirement, Scripted scripted) {}

  /** A requirement's generator with a seed of its own. */
  private record Source(RandomGenerator<Scripted> generator, Random random) {
    Scripted next() {
      return generator.next(random).value();
    }
  }

  DrawnCases(Map<Requirement, Arbitrary<Scripted>> arbitraries, long seed) {
    JqwikSession.run(
        () ->
            arbitraries.forEach(
                (requirement, arbitrary) ->
                    sources.put(
                        requirement,
                        new Source(
                            arbitrary.generator(TRIES),
                            new Random(seed * 31 + requirement.name().hashCode())))));
  }

  /** The cases of a round; rounds count from 0. */
  List<Drawn> round(int number) {
    while (rounds.size() <= number) {
      JqwikSession.run(() -> rounds.add(draw()));
    }
    return rounds.get(number);
  }

  private List<Drawn> draw() {
    List<Drawn> round = new ArrayList<>();
    sources.forEach((requirement, source) -> round.add(new Drawn(requirement, source.next())));
    return round;
  }
}
