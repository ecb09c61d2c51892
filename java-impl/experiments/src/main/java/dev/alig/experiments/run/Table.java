package dev.alig.experiments.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All runs in a folder, side by side: {@code results.md} and {@code results.png}. */
final class Table {
  /** The order of rows, then of seeds. */
  private static final Comparator<Result> ORDER =
      Comparator.comparingInt((Result result) -> result.identity().row())
          .thenComparingLong(result -> result.identity().seed());

  private Table() {}

  /** Reads the runs below a folder, in the order of rows and seeds. */
  static List<Result> read(Path out, String experiment) throws IOException {
    return of(experiment, read(out));
  }

  /** Those results that are of one experiment, in the order of rows and seeds. */
  static List<Result> of(String experiment, List<Result> results) {
    return results.stream()
        .filter(result -> result.identity().experiment().equals(experiment))
        .sorted(ORDER)
        .toList();
  }

  /** Reads the runs of all experiments below a folder, in no order. */
  static List<Result> read(Path out) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(out)) {
      folders = all.filter(Result::isIn).toList();
    }
    List<Result> results = new ArrayList<>();
    for (Path folder : folders) {
      results.add(Result.read(folder));
    }
    return results;
  }

  /** Writes the table and the chart, and returns the table. */
  static String write(Path out, List<Result> results) throws IOException {
    String table = markdown(results);
    Files.writeString(out.resolve("results.md"), table);
    Curves.writeByRate(results, out.resolve("results.png"));
    return table;
  }

  /** A table in Markdown, with measured results beside published ones. */
  static String markdown(List<Result> results) {
    StringBuilder table =
        new StringBuilder(
            "| row | what | optimizer | rate | seed | steps | how much | last epoch | best epoch | test |"
                + " published | time |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (Result result : results) {
      Identity identity = result.identity();
      Progress progress = result.progress();
      List<String> cells =
          List.of(
              String.valueOf(identity.row()),
              identity.title(),
              identity.optimizer(),
              Result.rate(identity.rate()),
              String.valueOf(identity.seed()),
              progress.steps() + (progress.diverged() ? ", diverged" : ""),
              result.extent(),
              Result.values(result.lastEpoch()),
              progress.bestEpoch() == 0 ? "–" : String.valueOf(progress.bestEpoch()),
              Result.values(progress.test()),
              Result.values(result.published()),
              ProgressLines.duration(progress.seconds()));
      table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    results.stream()
        .map(Result::machine)
        .distinct()
        .forEach(machine -> table.append('\n').append(machine.describe()).append('\n'));
    return table.toString();
  }
}
