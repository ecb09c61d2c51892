package dev.alig.conformance.strength;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.strength.DefectTable.Row;
import dev.alig.conformance.subjects.TensorFlowSubject;
import dev.alig.tensorflow.Semantics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite catches the optimizer for TensorFlow with every wrongly wired graph. */
class TensorFlowDefectsTest {
  /** Defects that give variables slots of other shapes; TensorFlow itself refuses them. */
  private static final Set<String> REFUSED = Set.of("slots-shared", "slots-rotated");

  private static final TensorFlowDefects PYTORCH = of(Semantics.PYTORCH);
  private static final TensorFlowDefects TF1 = of(Semantics.TF1);
  private static final DefectHunt HUNT =
      new DefectHunt(RequirementCases.all(), 4, new Judge(new ExactOracle())::compare, 40);

  private static TensorFlowDefects of(Semantics semantics) {
    return new TensorFlowDefects(new TensorFlowSubject(semantics));
  }

  static List<Defect> ofPyTorch() {
    return PYTORCH.all();
  }

  static List<Defect> ofTf1() {
    return TF1.all();
  }

  @ParameterizedTest
  @MethodSource("ofPyTorch")
  void everyDefectIsCaughtByWhatItDoes(Defect defect) {
    assertCaught(defect, PYTORCH.control());
  }

  @ParameterizedTest
  @MethodSource("ofTf1")
  void everyDefectInTheSemanticsOfTf1IsCaughtByWhatItDoes(Defect defect) {
    assertCaught(defect, TF1.control());
  }

  private static void assertCaught(Defect defect, Defect sound) {
    assertThat(HUNT.hunt(defect, sound))
        .isInstanceOf(
            REFUSED.contains(defect.simpleName())
                ? DetectionResult.Threw.class
                : DetectionResult.Caught.class);
  }

  @Test
  void aCopyOfASoundGraphIsNotCaught() {
    assertThat(HUNT.control(PYTORCH.control())).isInstanceOf(DetectionResult.Survived.class);
    assertThat(HUNT.control(TF1.control())).isInstanceOf(DetectionResult.Survived.class);
  }

  @Test
  void aGraphThatIsRebuiltWithoutAChangeIsNotCaught() {
    Defect harmless = PYTORCH.defect(new Row<>("harmless", "nothing at all"));
    DefectHunt hunt =
        new DefectHunt(RequirementCases.all(), 5, new Judge(new ExactOracle())::compare, 2);
    assertThat(hunt.hunt(harmless, PYTORCH.control())).isInstanceOf(DetectionResult.Survived.class);
  }

  @Test
  void whatIsLeftOutInOneSemanticsIsTriedInTheOther() {
    assertThat(names(PYTORCH)).containsAll(TF1.leftOut().keySet());
    assertThat(names(TF1)).containsAll(PYTORCH.leftOut().keySet());
    assertThat(Stream.of(PYTORCH, TF1).flatMap(d -> d.leftOut().values().stream()))
        .noneMatch(String::isBlank);
  }

  @Test
  void namesAreUnique() {
    assertThat(new HashSet<>(names(PYTORCH))).hasSameSizeAs(names(PYTORCH));
  }

  private static List<String> names(TensorFlowDefects defects) {
    return defects.all().stream().map(Defect::simpleName).toList();
  }
}
