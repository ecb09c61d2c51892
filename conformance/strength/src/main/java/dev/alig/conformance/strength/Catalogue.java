package dev.alig.conformance.strength;

import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.strength.Defect.Kind;
import dev.alig.conformance.subjects.TensorFlowSubject;
import dev.alig.conformance.torch.TorchOracle;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The defective optimizers and the sound ones that they derive from.
 *
 * <p>The suite must catch every defective optimizer and no sound one; this measures its strength.
 */
final class Catalogue {
  /** A sound optimizer and the defective ones that derive from it. */
  record Family(Defect sound, List<Defect> defects) {}

  /**
   * The result of the hunt for one optimizer.
   *
   * @param sound whether it is the sound optimizer, which no case should catch
   */
  record Tried(Defect defect, boolean sound, DetectionResult result) {
    /** Whether the suite caught a defective optimizer, or did not catch a sound one. */
    boolean asItShould() {
      return sound == result instanceof DetectionResult.Survived;
    }
  }

  private Catalogue() {}

  /**
   * The family of one kind.
   *
   * @param python the package that the defects in Python derive from
   */
  private static Family family(Kind kind, Supplier<TorchOracle> python) {
    return switch (kind) {
      case JAVA -> new Family(JavaDefects.control(), JavaDefects.all());
      case UNFUSED ->
          new Family(JavaDefects.unfused(JavaDefects.control()), JavaDefects.allUnfused());
      case TENSORFLOW -> family(new TensorFlowSubject(Semantics.PYTORCH));
      case TENSORFLOW_TF1 -> family(new TensorFlowSubject(Semantics.TF1));
      case PYTHON -> family(python.get());
    };
  }

  private static Family family(TensorFlowSubject optimizer) {
    TensorFlowDefects defects = new TensorFlowDefects(optimizer);
    return new Family(defects.control(), defects.all());
  }

  /**
   * The family in Python, from {@code alig_oracle/defects}; its first entry is the sound optimizer.
   */
  private static Family family(TorchOracle torch) {
    List<Defect> all =
        torch.defects().stream()
            .map(d -> Defect.of(Kind.PYTHON, d.name(), d.description(), torch.with(d)))
            .toList();
    return new Family(all.get(0), all.subList(1, all.size()));
  }

  /**
   * Hunts for the defects of one kind, with exact arithmetic as the judge's oracle.
   *
   * @param seed the seed of the cases
   * @param python the package that the defects in Python derive from
   */
  static List<Tried> hunt(Kind kind, long seed, Supplier<TorchOracle> python) {
    DefectHunt.Referee exact = new Judge(new ExactOracle())::compare;
    return hunt(
        family(kind, python),
        new DefectHunt(RequirementCases.all(), seed, exact, DefectHunt.ROUNDS));
  }

  /** Hunts for the defects of a family; the result of its sound optimizer comes last. */
  static List<Tried> hunt(Family family, DefectHunt hunt) {
    List<Tried> tried = new ArrayList<>();
    family.defects().forEach(d -> tried.add(new Tried(d, false, hunt.hunt(d, family.sound()))));
    tried.add(new Tried(family.sound(), true, hunt.control(family.sound())));
    return tried;
  }
}
