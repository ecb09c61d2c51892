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
 * A difference that the user of the gate knows of.
 *
 * @param id the file's name and the entry's number, such as {@code known.yaml, entry 2}
 * @param requirements the clauses of the behaviour that it concerns
 * @param words the circumstances as the file has them
 * @param levels circumstances that must meet in one step of one group; none for every case
 * @param settings settings of ours that explain the difference, in the words of the report's
 *     causes; where there are any, a case that they do not explain is no such difference
 * @param raises the type of what the oracle raises; empty for a difference of numbers
 * @param because why
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
   * Whether a property of these requirements, on this case, is one that may differ.
   *
   * @param trace what the subject does with the case, asked for only where it matters
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
   * What became of it.
   *
   * @param shown how many cases differed as declared
   * @param agreed how many cases it concerns and agreed
   * @param whole whether the run asks for all of its requirements, so that none may show it
   *     elsewhere
   */
  public record Count(
      String id, String when, String because, long shown, long agreed, boolean whole) {}

  /** What became of it in a property. */
  public Count count(long shown, long agreed, boolean whole) {
    return new Count(id, words, because, shown, agreed, whole);
  }
}
