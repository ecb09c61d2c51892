package dev.alig.benchmark.bridge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.sessions.JqwikSession;

/** How many steps of the ND4J subject the judge compares in a second, on the suite's own cases. */
final class ComparedSteps {
  /** jqwik's own default number of tries, which some generators adapt to. */
  private static final int TRIES = 1000;

  private final Judge judge;
  private final Implementation subject = new Nd4jSubject();
  private final List<Scripted> cases = new ArrayList<>();

  /** Draws so many cases of each requirement. */
  ComparedSteps(Implementation oracle, int casesEach) {
    judge = new Judge(oracle);
    JqwikSession.run(
        () ->
            RequirementCases.all()
                .forEach(
                    (requirement, arbitrary) -> {
                      var generator = arbitrary.generator(TRIES);
                      Random random = new Random(requirement.name().hashCode());
                      for (int i = 0; i < casesEach; i++) {
                        cases.add(generator.next(random).value());
                      }
                    }));
  }

  /** Compares all cases so many times, after one that does not count; steps a second of each. */
  List<Double> measure(int rounds) {
    long steps = cases.stream().mapToLong(scripted -> scripted.steps().size()).sum();
    compareAll();
    List<Double> perSecond = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      compareAll();
      perSecond.add(steps * 1e9 / (System.nanoTime() - start));
    }
    return perSecond;
  }

  private void compareAll() {
    for (Scripted scripted : cases) {
      Verdict verdict = judge.compare(scripted, subject);
      if (!(verdict instanceof Verdict.Agrees || verdict instanceof Verdict.Inapplicable)) {
        throw new IllegalStateException(
            "case %s does not agree, and steps that differ take another time; run ci/conform"
                .formatted(scripted.id()));
      }
    }
  }
}
