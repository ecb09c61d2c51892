package dev.alig.conformance.defects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.defects.Defect.Kind;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.subjects.TensorFlowSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures the strength of the suite: runs it on every defective optimizer, and on the sound ones
 * that they derive from, and writes to the journal which requirement caught which.
 */
public final class Catalogue {
  /**
   * Optimizers that derive from one sound one.
   *
   * @param sound the sound one
   * @param defects the defective ones
   */
  public record Family(Defect sound, List<Defect> defects) {
    /** Copies the list. */
    public Family {
      defects = List.copyOf(defects);
    }
  }

  private Catalogue() {}

  /**
   * The kinds of defects that can run beside an oracle and say something about a run.
   *
   * @param python whether the oracle lives in Python, which those in Python need
   * @param subjects those that are judged by bounds say nothing where no subject is
   */
  public static List<Kind> kinds(boolean python, List<Implementation> subjects) {
    List<Kind> kinds = new ArrayList<>(List.of(Kind.JAVA));
    if (subjects.stream().anyMatch(subject -> !subject.algorithm().isBitwise())) {
      kinds.add(Kind.UNFUSED);
    }
    optimizers(subjects).forEach(optimizer -> kinds.add(TensorFlowDefects.kind(optimizer)));
    if (python) {
      kinds.add(Kind.PYTHON);
    }
    return kinds;
  }

  /**
   * The family of one kind; empty where Python is wanted and not at hand.
   *
   * @param subjects the optimizers for TensorFlow among them are those that its kinds derive from
   */
  private static Optional<Family> family(
      Kind kind, Optional<Implementation> oracle, List<Implementation> subjects) {
    return switch (kind) {
      case JAVA -> Optional.of(new Family(JavaDefects.control(), JavaDefects.all()));
      case UNFUSED -> Optional.of(new Family(UnfusedDefects.control(), UnfusedDefects.all()));
      case TENSORFLOW, TENSORFLOW_TF1 ->
          optimizers(subjects)
              .filter(optimizer -> TensorFlowDefects.kind(optimizer) == kind)
              .findFirst()
              .map(TensorFlowDefects::new)
              .map(defects -> new Family(defects.control(), defects.all()));
      case PYTHON ->
          oracle
              .filter(TorchOracle.class::isInstance)
              .map(torch -> PythonDefects.in((TorchOracle) torch))
              .map(defects -> new Family(defects.control(), defects.all()));
    };
  }

  private static Stream<TensorFlowSubject> optimizers(List<Implementation> subjects) {
    return subjects.stream()
        .filter(TensorFlowSubject.class::isInstance)
        .map(TensorFlowSubject.class::cast);
  }

  /**
   * Tries the defects of one kind in this gate.
   *
   * @param subjects the optimizers for TensorFlow among them are those that its kinds derive from
   */
  public static void run(Gate gate, Kind kind, List<Implementation> subjects) {
    DefectHunt hunt =
        new DefectHunt(
            RequirementCases.all(), gate.settings().seed(), gate::judge, DefectHunt.ROUNDS);
    family(kind, gate.oracle(), subjects).ifPresent(family -> run(family, hunt, gate::record));
  }

  /** Tries a family in a hunt. */
  static void run(Family family, DefectHunt hunt, Consumer<Event> journal) {
    journal.accept(new Event.CatalogueStarted(1 + family.defects().size()));
    for (Defect defect : family.defects()) {
      journal.accept(tried(defect, false, hunt.hunt(defect, family.sound())));
    }
    journal.accept(tried(family.sound(), true, hunt.control(family.sound())));
  }

  private static Event tried(Defect defect, boolean sound, Fate fate) {
    return new Event.DefectTried(
        defect.name(),
        defect.kind().toString(),
        defect.description(),
        sound,
        fate instanceof Fate.Caught caught
            ? caught.by()
            : fate instanceof Fate.Threw threw ? threw.by() : null,
        fate instanceof Fate.Threw,
        fate.cases(),
        fate instanceof Fate.Threw threw ? threw.message() : "");
  }
}
