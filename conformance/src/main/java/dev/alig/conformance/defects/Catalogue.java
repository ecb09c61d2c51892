package dev.alig.conformance.defects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.subjects.TensorFlowSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
   * The families that can run beside an oracle and say something about a run.
   *
   * @param oracle those in Python need Python at hand
   * @param subjects those that are judged by bounds say nothing where no subject is
   */
  public static List<Family> beside(
      Optional<Implementation> oracle, List<Implementation> subjects) {
    List<Family> families = new ArrayList<>();
    families.add(new Family(JavaDefects.control(), JavaDefects.all()));
    if (subjects.stream().anyMatch(subject -> !subject.algorithm().isBitwise())) {
      families.add(new Family(UnfusedDefects.control(), UnfusedDefects.all()));
    }
    for (Implementation subject : subjects) {
      if (subject instanceof TensorFlowSubject optimizer) {
        TensorFlowDefects tensorFlow = new TensorFlowDefects(optimizer);
        families.add(new Family(tensorFlow.control(), tensorFlow.all()));
      }
    }
    if (oracle.isPresent() && oracle.get() instanceof TorchOracle torch) {
      PythonDefects python = PythonDefects.in(torch);
      families.add(new Family(python.control(), python.all()));
    }
    return families;
  }

  /** Tries the families in this gate. */
  public static void run(Gate gate, List<Family> families) {
    DefectHunt hunt =
        new DefectHunt(
            RequirementCases.all(), gate.settings().seed(), gate::judge, DefectHunt.ROUNDS);
    run(families, hunt, gate::record);
  }

  /** Tries the families in a hunt. */
  static void run(List<Family> families, DefectHunt hunt, Consumer<Event> journal) {
    int optimizers = families.stream().mapToInt(family -> 1 + family.defects().size()).sum();
    journal.accept(new Event.CatalogueStarted(optimizers));
    for (Family family : families) {
      for (Defect defect : family.defects()) {
        journal.accept(tried(defect, false, hunt.hunt(defect, family.sound())));
      }
    }
    for (Family family : families) {
      journal.accept(tried(family.sound(), true, hunt.control(family.sound())));
    }
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
