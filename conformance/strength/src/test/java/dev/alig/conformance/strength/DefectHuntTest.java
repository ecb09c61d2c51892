package dev.alig.conformance.strength;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.strength.DefectTable.Row;
import java.util.Arrays;
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

  private static Verdict againstExact(
      Requirement requirement, StepCase scripted, Implementation subject) {
    return new Judge(new ExactOracle()).compare(requirement, scripted, subject);
  }

  static List<Defect> defects() {
    return JavaDefects.all();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void everyDefectIsCaught(Defect defect) {
    assertThat(HUNT.hunt(defect, JavaDefects.control()))
        .isNotInstanceOf(DetectionResult.Survived.class);
  }

  /** A defective optimizer must not pass as the oracle. */
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
        .map(drawn -> judge.compare(drawn.requirement(), drawn.scripted(), sound))
        .anyMatch(verdict -> !(verdict instanceof Verdict.Agrees));
  }

  @Test
  void theSoundOptimizerIsNotCaught() {
    DefectHunt hunt = hunt(SEED + 1, DefectHuntTest::againstExact);
    assertThat(hunt.control(JavaDefects.control()))
        .isInstanceOfSatisfying(
            DetectionResult.Survived.class,
            survived ->
                assertThat(survived.cases())
                    .isEqualTo((long) DefectHunt.CONTROL_ROUNDS * RequirementCases.all().size()));
  }

  @Test
  void aSpoiledSoundOptimizerIsCaughtByTheControl() {
    Defect spoiled = JavaDefects.all().get(0);
    assertThat(hunt(SEED, DefectHuntTest::againstExact).control(spoiled))
        .isInstanceOf(DetectionResult.Caught.class);
  }

  @Test
  void aHarmlessDefectSurvivesEveryCaseOfTheBudget() {
    AtomicInteger judged = new AtomicInteger();
    DefectHunt hunt =
        hunt(
            SEED,
            (requirement, scripted, subject) -> {
              judged.incrementAndGet();
              return againstExact(requirement, scripted, subject);
            });
    DetectionResult fate = hunt.hunt(harmless(), JavaDefects.control());
    int requirements = RequirementCases.all().size();
    assertThat(fate).isEqualTo(new DetectionResult.Survived((long) ROUNDS * requirements));
    assertThat(judged).as("traces that differ in rounding go to the judge").hasPositiveValue();
  }

  private static Defect harmless() {
    return JavaDefects.defect(
        new Row<PlainRun>("norm-summed-backwards", "nothing: the order of a sum is free")
            .by(
                alig ->
                    alig.gradientNorm =
                        gradient -> {
                          double[] reversed = gradient.clone();
                          int last = gradient.length - 1;
                          Arrays.setAll(reversed, e -> gradient[last - e]);
                          return alig.norm(reversed);
                        }));
  }

  @Test
  void anOptimizerThatThrowsIsCaughtAndSaysHow() {
    Defect thrower =
        JavaDefects.defect(
            new Row<PlainRun>("thrower", "every step throws")
                .by(
                    alig ->
                        alig.loss =
                            step -> {
                              throw new IllegalStateException("no loss today");
                            }));
    assertThat(HUNT.hunt(thrower, JavaDefects.control()))
        .isInstanceOfSatisfying(
            DetectionResult.Threw.class,
            threw -> assertThat(threw.message()).contains("no loss today"));
  }

  @Test
  void theSameSeedCatchesWithTheSameCases() {
    Defect defect = JavaDefects.all().get(20);
    DetectionResult once =
        hunt(7, DefectHuntTest::againstExact).hunt(defect, JavaDefects.control());
    DetectionResult again =
        hunt(7, DefectHuntTest::againstExact).hunt(defect, JavaDefects.control());
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
