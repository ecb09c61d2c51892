package dev.alig.conformance.defects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite catches every defective optimizer in Java, and no sound one. */
class DefectHuntTest {
  private static final long SEED = 4;
  private static final int ROUNDS = 40;
  private static final DefectHunt HUNT = hunt(SEED, DefectHuntTest::againstExact);

  private static DefectHunt hunt(long seed, DefectHunt.Referee referee) {
    return new DefectHunt(RequirementCases.all(), seed, referee, ROUNDS);
  }

  private static Verdict againstExact(Scripted scripted, Implementation subject) {
    return new Judge(new ExactOracle()).compare(scripted, subject);
  }

  static List<Defect> defects() {
    return JavaDefects.all();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void everyDefectIsCaught(Defect defect) {
    assertThat(HUNT.hunt(defect, JavaDefects.control())).isNotInstanceOf(Fate.Survived.class);
  }

  /** A spoiled package that plays the oracle must not pass as one. */
  @ParameterizedTest
  @MethodSource("defects")
  void aDefectiveOracleIsFound(Defect defect) {
    assertThat(foundAsOracle(defect))
        .as("as an oracle %s passes for sound", defect.name())
        .isTrue();
  }

  private static boolean foundAsOracle(Defect defect) {
    Judge judge = new Judge(defect.implementation());
    Implementation sound = JavaDefects.control().implementation();
    DrawnCases cases = new DrawnCases(RequirementCases.all(), SEED);
    return IntStream.range(0, ROUNDS)
        .mapToObj(cases::round)
        .flatMap(List::stream)
        .map(drawn -> judge.compare(drawn.scripted(), sound))
        .anyMatch(verdict -> !(verdict instanceof Verdict.Agrees));
  }

  @Test
  void theSoundOptimizerIsNotCaught() {
    DefectHunt hunt = hunt(SEED + 1, DefectHuntTest::againstExact);
    assertThat(hunt.control(JavaDefects.control()))
        .isInstanceOfSatisfying(
            Fate.Survived.class,
            survived ->
                assertThat(survived.cases())
                    .isEqualTo((long) DefectHunt.CONTROL_ROUNDS * RequirementCases.all().size()));
  }

  @Test
  void aSpoiledSoundOptimizerIsCaughtByTheControl() {
    Defect spoiled = JavaDefects.all().get(0);
    assertThat(hunt(SEED, DefectHuntTest::againstExact).control(spoiled))
        .isInstanceOf(Fate.Caught.class);
  }

  @Test
  void aHarmlessDefectSurvivesEveryCaseOfTheBudget() {
    AtomicInteger judged = new AtomicInteger();
    DefectHunt hunt =
        hunt(
            SEED,
            (scripted, subject) -> {
              judged.incrementAndGet();
              return againstExact(scripted, subject);
            });
    Fate fate = hunt.hunt(harmless(), JavaDefects.control());
    int requirements = RequirementCases.all().size();
    assertThat(fate).isEqualTo(new Fate.Survived((long) ROUNDS * requirements));
    assertThat(judged).as("traces that differ in rounding go to the judge").hasPositiveValue();
  }

  private static Defect harmless() {
    return Defect.of(
        "norm-summed-backwards",
        "nothing: the order of a sum is free",
        c ->
            new PlainRun(c) {
              @Override
              double gradientNorm(double[] gradient) {
                double[] reversed = gradient.clone();
                for (int e = 0; e < gradient.length; e++) {
                  reversed[e] = gradient[gradient.length - 1 - e];
                }
                return norm(reversed);
              }
            });
  }

  @Test
  void anOptimizerThatThrowsIsCaughtAndSaysHow() {
    Defect thrower =
        Defect.of(
            "thrower",
            "every step throws",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    throw new IllegalStateException("no loss today");
                  }
                });
    assertThat(HUNT.hunt(thrower, JavaDefects.control()))
        .isInstanceOfSatisfying(
            Fate.Threw.class, threw -> assertThat(threw.message()).contains("no loss today"));
  }

  @Test
  void theSameSeedCatchesWithTheSameCases() {
    Defect defect = JavaDefects.all().get(20);
    Fate once = hunt(7, DefectHuntTest::againstExact).hunt(defect, JavaDefects.control());
    Fate again = hunt(7, DefectHuntTest::againstExact).hunt(defect, JavaDefects.control());
    assertThat(again).isEqualTo(once);
  }

  @Test
  void namesAreUniqueAndThereAreEnough() {
    List<String> names = JavaDefects.all().stream().map(Defect::name).toList();
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    assertThat(names).hasSizeGreaterThanOrEqualTo(60);
  }

  @Test
  void everyRequirementOfTheRegistryIsDrawnInEveryRound() {
    List<Requirement> drawn =
        new DrawnCases(RequirementCases.all(), SEED)
            .round(3).stream().map(DrawnCases.Drawn::requirement).toList();
    assertThat(drawn).containsExactlyElementsOf(RequirementCases.all().keySet());
  }
}
