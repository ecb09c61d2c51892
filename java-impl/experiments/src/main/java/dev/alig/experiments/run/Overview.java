package dev.alig.experiments.run;

import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One page over many runs: what was run, for how long, on what, and what remains. */
final class Overview {
  private final List<Experiment<?>> experiments;
  private final List<Result> all = new ArrayList<>();

  /**
   * Reads the runs of some folders.
   *
   * @param experiments all experiments, in the order of the page
   * @param folders what {@code --out} was for the runs
   * @throws InputException if a folder holds no run
   */
  Overview(List<Experiment<?>> experiments, List<Path> folders) throws IOException {
    this.experiments = experiments;
    for (Path folder : folders) {
      List<Result> found = Files.isDirectory(folder) ? Table.read(folder) : List.of();
      if (found.isEmpty()) {
        throw new InputException(
            "%s holds no run; give the folders that were --out of ci/experiment".formatted(folder));
      }
      all.addAll(found);
    }
  }

  /** The page in Markdown. */
  String markdown() throws IOException {
    StringBuilder page = new StringBuilder("# Experiments\n");
    for (Experiment<?> experiment : experiments) {
      page.append("\n## %s: %s%n%n".formatted(experiment.name(), experiment.description()));
      List<Result> results = Table.of(experiment.name(), all);
      if (!results.isEmpty()) {
        page.append(Table.markdown(results)).append('\n');
      }
      page.append(remaining(experiment, results)).append('\n');
    }
    return page.toString();
  }

  private static String remaining(Experiment<?> experiment, List<Result> results)
      throws IOException {
    int rows = RowFile.read(experiment).size();
    Set<Integer> whole = new TreeSet<>();
    Set<Integer> begun = new TreeSet<>();
    for (Result result : results) {
      (result.isWhole() ? whole : begun).add(result.identity().row());
    }
    begun.removeAll(whole);
    Set<Integer> untouched = new TreeSet<>();
    for (int row = 1; row <= rows; row++) {
      if (!whole.contains(row) && !begun.contains(row)) {
        untouched.add(row);
      }
    }
    return "Of %d rows, whole: %s; in part: %s; not run: %s."
        .formatted(rows, ranges(whole), ranges(begun), ranges(untouched));
  }

  /** The text of numbers, such as {@code 1-3, 7}. */
  static String ranges(Set<Integer> numbers) {
    List<int[]> ranges = new ArrayList<>();
    for (int number : new TreeSet<>(numbers)) {
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last)[1] == number - 1) {
        ranges.get(last)[1] = number;
      } else {
        ranges.add(new int[] {number, number});
      }
    }
    return ranges.isEmpty()
        ? "none"
        : ranges.stream()
            .map(range -> range[0] == range[1] ? "" + range[0] : range[0] + "-" + range[1])
            .collect(Collectors.joining(", "));
  }
}
