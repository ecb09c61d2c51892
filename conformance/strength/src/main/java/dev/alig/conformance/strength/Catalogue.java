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
 * <p>The suite must catch every defective one and none of the sound ones: that is how strong it is.
 */
final class Catalogue {
  /** Optimizers that derive from one sound one. */
  record Family(Defect sound, List<Defect> defects) {}

  /**
   * What became of an optimizer.
   *
   * @param sound whether it is the sound one, which nothing should catch
   */
  record Tried(Defect defect, boolean sound, DetectionResult result) {
    /** Whether it is as it should be: a defect was caught, or the sound one passed. */
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

  /** The defects in Python, which are in {@code alig_oracle/defects}; the sound one is first. */
  private static Family family(TorchOracle torch) {
    List<Defect> all =
        torch.defects().stream()
            .map(d -> Defect.of(Kind.PYTHON, d.name(), d.description(), torch.with(d)))
            .toList();
    return new Family(all.get(0), all.subList(1, all.size()));
  }

  /**
   * Hunts for the defects of one kind with a judge that asks exact arithmetic.
   *
   * @param seed what the cases follow from
   * @param python the package that the defects in Python derive from
   */
  static List<Tried> hunt(Kind kind, long seed, Supplier<TorchOracle> python) {
    DefectHunt.Referee exact = new Judge(new ExactOracle())::compare;
    return hunt(
        family(kind, python),
        new DefectHunt(RequirementCases.all(), seed, exact, DefectHunt.ROUNDS));
  }

  /** Hunts for a family, whose sound one comes last. */
  static List<Tried> hunt(Family family, DefectHunt hunt) {
    List<Tried> tried = new ArrayList<>();
    family.defects().forEach(d -> tried.add(new Tried(d, false, hunt.hunt(d, family.sound()))));
    tried.add(new Tried(family.sound(), true, hunt.control(family.sound())));
    return tried;
  }
}
