package dev.alig.conformance.strength;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.strength.Defect.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the suite catches if the oracle's kernels do not fuse multiply-adds, like torch's without
 * AVX2.
 */
class UnfusedOracleTest {
  private static final Implementation ORACLE =
      ((PlainAliG) JavaDefects.control().implementation()).in(AliG.UNFUSED, "unfused");
  private static final DefectHunt HUNT =
      new DefectHunt(RequirementCases.all(), 4, new Judge(ORACLE)::compare, 60);

  /** The defects that only a comparison of bits can tell from rounding. */
  static List<Defect> smallest() {
    return JavaDefects.all().stream()
        .filter(defect -> JavaDefects.leftOut().containsKey(defect.simpleName()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("smallest")
  void aFusedOptimizerIsStillMetBitForBit(Defect defect) {
    assertThat(HUNT.hunt(defect, JavaDefects.control()))
        .isNotInstanceOf(DetectionResult.Survived.class);
  }

  @Test
  void theSoundOneIsNotCaught() {
    assertThat(HUNT.control(JavaDefects.control())).isInstanceOf(DetectionResult.Survived.class);
  }

  @Test
  void anUnfusedOptimizerIsMetBitForBitByTheOracle() {
    Defect defect =
        smallest().stream()
            .filter(d -> d.simpleName().equals("minus-zero-parameter-lost"))
            .findFirst()
            .orElseThrow();
    Implementation unfused =
        ((PlainAliG) defect.implementation()).in(AliG.UNFUSED, "java/unfused-zero");
    Defect sound = new Defect("java/unfused", Kind.JAVA, "it is sound", ORACLE);
    Defect wrong = new Defect("java/unfused-zero", Kind.JAVA, "it is wrong", unfused);
    assertThat(HUNT.hunt(wrong, sound)).isNotInstanceOf(DetectionResult.Survived.class);
    assertThat(HUNT.control(sound)).isInstanceOf(DetectionResult.Survived.class);
  }
}
