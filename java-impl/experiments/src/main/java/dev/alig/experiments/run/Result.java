package dev.alig.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results of a run so far.
 *
 * @param identity the run's identity
 * @param progress what it measured
 * @param published the authors' published results for the row
 * @param source the source of the row's setting
 * @param machine where it ran
 */
record Result(
    Identity identity,
    Progress progress,
    Map<String, Double> published,
    String source,
    Machine machine) {
  private static final String FILE = "result.json";

  /** Writes {@code result.json} and {@code epochs.csv}. */
  void write(Path folder) throws IOException {
    replace(folder.resolve(FILE), Json.MAPPER.writeValueAsString(this));
    replace(folder.resolve("epochs.csv"), epochsAsCsv());
  }

  private static void replace(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads {@code result.json} from a run's folder. */
  static Result read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return Json.MAPPER.readValue(file.toFile(), Result.class);
    } catch (JsonProcessingException e) {
      throw new InputException("%s is damaged (%s); delete it".formatted(file, Json.problem(e)), e);
    }
  }

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  private String epochsAsCsv() {
    Set<String> training = new LinkedHashSet<>();
    Set<String> validation = new LinkedHashSet<>();
    for (Progress.Epoch epoch : progress.epochs()) {
      training.addAll(epoch.training().keySet());
      validation.addAll(epoch.validation().keySet());
    }
    StringBuilder csv = new StringBuilder("epoch");
    training.forEach(name -> csv.append(",").append(name));
    validation.forEach(name -> csv.append(",validation_").append(name));
    csv.append(",seconds\n");
    for (Progress.Epoch epoch : progress.epochs()) {
      csv.append(epoch.number());
      training.forEach(name -> csv.append(',').append(epoch.training().get(name)));
      validation.forEach(name -> csv.append(',').append(epoch.validation().get(name)));
      csv.append(',').append(epoch.seconds()).append('\n');
    }
    return csv.toString();
  }

  /** Whether the run took all steps of its row, on all examples, or diverged. */
  boolean isWhole() {
    return identity.limit() == 0 && (progress.diverged() || done() >= planned());
  }

  /** How much of its row was run, such as {@code 12 of 300 epochs}. */
  String extent() {
    String part =
        isWhole()
            ? "whole"
            : String.format(Locale.ROOT, "%,d of %,d %s", done(), planned(), unit());
    return identity.limit() == 0
        ? part
        : String.format(Locale.ROOT, "%s, %,d examples at most", part, identity.limit());
  }

  /** What the row counts: epochs, or steps where it names those. */
  private String unit() {
    return identity.settings().has("steps") ? "steps" : "epochs";
  }

  private long planned() {
    return identity.settings().path(unit()).asLong();
  }

  private long done() {
    return unit().equals("steps") ? progress.steps() : progress.epochs().size();
  }

  /** The metrics of the last epoch's batches; empty before the first epoch has ended. */
  Map<String, Double> lastEpoch() {
    int ended = progress.epochs().size();
    return ended == 0
        ? Map.of()
        : Progress.withoutStep(progress.epochs().get(ended - 1).training());
  }

  /** The loss of the last epoch; NaN before the first epoch has ended. */
  double finalLoss() {
    return lastEpoch().getOrDefault(Metrics.LOSS, Double.NaN);
  }

  /** The text of a rate, such as {@code 1e-4}, {@code 0.1}, {@code 1e5} or {@code none}. */
  static String rate(double rate) {
    if (rate == Double.POSITIVE_INFINITY) {
      return "none";
    }
    if (rate >= 0.01 && rate < 1000) {
      return String.valueOf((float) rate).replaceFirst("\\.0$", "");
    }
    return String.format(Locale.ROOT, "%.0e", rate)
        .replaceFirst("e([+-])0*", "e$1")
        .replace("+", "");
  }

  /** The text of metrics, such as {@code accuracy 0.95}; a dash if there are none. */
  static String values(Map<String, Double> values) {
    return values.isEmpty()
        ? "–"
        : values.entrySet().stream()
            .map(value -> String.format(Locale.ROOT, "%s %.4g", value.getKey(), value.getValue()))
            .collect(Collectors.joining(", "));
  }
}
