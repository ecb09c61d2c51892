package dev.alig.conformance.differences;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.coverage.Circumstances;
import dev.alig.conformance.coverage.Level;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * A difference that the user of the gate declares as known.
 *
 * @param id the file's name and the entry's number, such as {@code known.yaml, entry 2}
 * @param requirements the clauses of the behaviour that it concerns
 * @param words the circumstances, as the file words them
 * @param levels circumstances that must occur together in one step of one group; empty for every
 *     case
 * @param settings the settings that explain the difference, in the words of the report's causes; if
 *     there are any, the entry covers only cases that they explain
 * @param raises the type of the exception that the oracle raises; empty if numbers differ
 * @param because why they differ
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Declared(
    String id,
    Set<Requirement> requirements,
    String words,
    Set<Level> levels,
    List<String> settings,
    Optional<String> raises,
    String because) {
  /** Copies the collections. */
  public Declared {
    requirements = Set.copyOf(requirements);
    levels = Set.copyOf(levels);
    settings = List.copyOf(settings);
  }

  /**
   * Whether a property that checks these requirements may differ on this case.
   *
   * @param trace the subject's run of the case; computed only if it matters
   */
  public boolean concerns(
      List<Requirement> checked, StepCase scripted, Supplier<Optional<Trace>> trace) {
    return checked.stream().anyMatch(requirements::contains)
        && (levels.isEmpty()
            || trace.get().stream()
                .flatMap(run -> Circumstances.of(scripted, run).stream())
                .anyMatch(met -> met.containsAll(levels)));
  }

  /**
   * How often the difference showed.
   *
   * @param shown how many cases differed as declared
   * @param agreed how many of the cases that it concerns agreed
   * @param whole whether the run checks all of its requirements; otherwise one that is left out
   *     might show it
   */
  public record Count(
      String id, String when, String because, long shown, long agreed, boolean whole) {}

  /** How often the difference showed in a property. */
  public Count count(long shown, long agreed, boolean whole) {
    return new Count(id, words, because, shown, agreed, whole);
  }
}
