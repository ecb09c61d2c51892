package dev.alig.conformance.causes;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A number of each step of a run, and the changes that may explain it where it is not legal. */
abstract class Quantity {
  final StepCase scripted;
  final Algorithm algorithm;
  final Trace trace;
  private final List<List<String>> words;

  /**
   * A number of a run.
   *
   * @param words the changes in words, for each dimension; the first of each is none, an empty text
   */
  Quantity(List<List<String>> words, StepCase scripted, Algorithm algorithm, Trace trace) {
    this.words = words;
    this.scripted = scripted;
    this.algorithm = algorithm;
    this.trace = trace;
  }

  /** Whether the number of a step is not legal under the case's settings. */
  abstract boolean isOff(int step);

  /** Whether the number of a step is legal with one change of each dimension. */
  abstract boolean explains(int[] choices, int step);

  /** Whether the number is legal in every step. */
  final boolean isLegal() {
    return steps().noneMatch(this::isOff);
  }

  private IntStream steps() {
    return IntStream.range(0, trace.steps().size());
  }

  /**
   * The smallest sets of changes that make every step legal; and those that make the steps legal
   * that are off, because a package may treat others as an exception.
   *
   * @param allowed whether a change, in its words, may be tried
   */
  List<List<String>> explanations(Predicate<String> allowed) {
    List<int[]> combinations = combinations(allowed);
    int[] all = steps().toArray();
    int[] off = steps().filter(this::isOff).toArray();
    Set<List<String>> found = new LinkedHashSet<>(fewest(combinations, off));
    if (off.length < all.length) {
      found.addAll(fewest(combinations, all));
    }
    return List.copyOf(found);
  }

  private List<List<String>> fewest(List<int[]> combinations, int[] steps) {
    for (int changes = 1; changes <= words.size(); changes++) {
      int wanted = changes;
      List<List<String>> found =
          combinations.stream()
              .filter(c -> Arrays.stream(c).filter(choice -> choice != 0).count() == wanted)
              .filter(c -> Arrays.stream(steps).allMatch(step -> explains(c, step)))
              .map(this::words)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private List<String> words(int[] choices) {
    return IntStream.range(0, choices.length)
        .filter(d -> choices[d] != 0)
        .mapToObj(d -> words.get(d).get(choices[d]))
        .toList();
  }

  /** Every choice of one change per dimension. */
  private List<int[]> combinations(Predicate<String> allowed) {
    List<int[]> all = List.of(new int[words.size()]);
    for (int d = 0; d < words.size(); d++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] before : all) {
        for (int choice = 0; choice < words.get(d).size(); choice++) {
          if (choice == 0 || allowed.test(words.get(d).get(choice))) {
            int[] next = before.clone();
            next[d] = choice;
            longer.add(next);
          }
        }
      }
      all = longer;
    }
    return all;
  }
}
