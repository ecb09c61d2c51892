package dev.alig.conformance.strength;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.strength.Defect.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the suite catches by error bounds, and which defects it leaves out for a reason. */
class UnfusedDefectsTest {
  private static final DefectHunt HUNT =
      new DefectHunt(RequirementCases.all(), 4, new Judge(new ExactOracle())::compare, 40);

  static List<Defect> defects() {
    return JavaDefects.allUnfused();
  }

  static Set<String> leftOut() {
    return JavaDefects.leftOut().keySet();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void everyDefectIsCaught(Defect defect) {
    assertThat(HUNT.hunt(defect, JavaDefects.unfused(JavaDefects.control())))
        .isNotInstanceOf(DetectionResult.Survived.class);
  }

  /** If the suite catches one of them, it belongs in the catalogue. */
  @ParameterizedTest
  @MethodSource("leftOut")
  void whatIsLeftOutIsLegal(String name) {
    assertThat(JavaDefects.all())
        .filteredOn(defect -> defect.simpleName().equals(name))
        .singleElement()
        .satisfies(
            java ->
                assertThat(
                        HUNT.hunt(
                            JavaDefects.unfused(java), JavaDefects.unfused(JavaDefects.control())))
                    .isInstanceOf(DetectionResult.Survived.class));
  }

  @Test
  void allDefectsInJavaAreTriedOrLeftOut() {
    assertThat(JavaDefects.allUnfused().size() + JavaDefects.leftOut().size())
        .isEqualTo(JavaDefects.all().size());
    assertThat(JavaDefects.leftOut().values()).noneMatch(String::isBlank);
  }

  @Test
  void theSoundOptimizerIsNotCaught() {
    assertThat(HUNT.control(JavaDefects.unfused(JavaDefects.control())))
        .isInstanceOf(DetectionResult.Survived.class);
  }

  /** The two sound optimizers differ: the second is not the first under another name. */
  @Test
  void theSoundOptimizerRoundsAsTensorFlowDoes() {
    Implementation unfused = JavaDefects.unfused(JavaDefects.control()).implementation();
    Implementation fused = JavaDefects.control().implementation();
    assertThat(unfused.algorithm()).isEqualTo(AliG.TENSORFLOW);
    assertThat(new DrawnCases(RequirementCases.all(), 4).round(0))
        .anySatisfy(
            drawn ->
                assertThat(unfused.run(drawn.scripted()))
                    .isNotEqualTo(fused.run(drawn.scripted())));
  }

  @Test
  void aDefectOfAnotherKindHasNoOperationsToChange() {
    Defect other = new Defect("python/x", Kind.PYTHON, "it is wrong", new ExactOracle());
    assertThatThrownBy(() -> JavaDefects.unfused(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("python/x");
  }
}
