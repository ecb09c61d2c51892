package dev.alig.conformance.strength;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.strength.Catalogue.Tried;
import dev.alig.conformance.strength.Defect.Kind;
import dev.alig.conformance.strength.DefectTable.Row;
import dev.alig.conformance.torch.TorchOracle;
import dev.alig.python.PythonEnvironment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite catches every defective optimizer of every kind, and no sound one. */
class CatalogueTest {
  private static TorchOracle python() {
    return TorchOracle.open(PythonEnvironment.prepare(System.err), Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void everyDefectIsCaughtAndNoSoundOptimizer(Kind kind) {
    List<Tried> tried =
        Catalogue.hunt(kind, ConformanceSettings.DEFAULT_SEED, CatalogueTest::python);
    assertThat(tried).hasSizeGreaterThan(1);
    assertThat(tried).allMatch(Tried::asItShould);
    Tried slowest =
        tried.stream()
            .filter(one -> !one.sound())
            .max(Comparator.comparingLong(one -> one.result().cases()))
            .orElseThrow();
    System.out.printf(
        "%s: %d defects, all caught; the slowest, %s, by case %d%n",
        kind, tried.size() - 1, slowest.defect().name(), slowest.result().cases());
  }

  @Test
  void aHarmlessDefectIsReportedAsASurvivor() {
    Defect sound = JavaDefects.control();
    Defect harmless = JavaDefects.defect(new Row<>("harmless", "nothing at all"));
    DefectHunt hunt =
        new DefectHunt(RequirementCases.all(), 1, new Judge(new ExactOracle())::compare, 3);
    List<Tried> tried = Catalogue.hunt(new Catalogue.Family(sound, List.of(harmless)), hunt);
    assertThat(tried).extracting(Tried::asItShould).containsExactly(false, true);
  }
}
