package dev.alig.experiments.compare;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The report of a comparison.
 *
 * @param data the name of the images
 * @param date when it ran
 * @param machine where it ran: processor, cores, JDK
 * @param results one result per optimizer and rate
 */
record Report(String data, String date, String machine, List<Result> results) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Writes {@code comparison.json}, {@code comparison.md} and {@code comparison.png}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("comparison.json").toFile(), this);
    Files.writeString(folder.resolve("comparison.md"), table());
    Plot.write(this, folder.resolve("comparison.png"));
  }

  /** The results of one optimizer, by rate. */
  List<Result> of(Method method) {
    return results.stream().filter(result -> result.method().equals(method.label())).toList();
  }

  /** The result of an optimizer at the rate with the lowest final training loss. */
  Result best(Method method) {
    List<Result> all = of(method);
    Result best = all.get(0);
    for (Result result : all) {
      best = result.isBetterThan(best) ? result : best;
    }
    return best;
  }

  /** A table in Markdown: the best result of each optimizer, then the accuracy of each rate. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append("| optimizer | best rate | training loss | test accuracy | s an epoch |\n");
    table.append("|---|---|---|---|---|\n");
    for (Method method : Method.values()) {
      Result best = best(method);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.4f | %.1f %% | %.2f |%n",
              method.label(),
              rate(best.rate()),
              best.last().loss(),
              100 * best.last().accuracy(),
              best.secondsAnEpoch()));
    }
    table.append("\n| optimizer | test accuracy by rate |\n|---|---|\n");
    for (Method method : Method.values()) {
      table.append("| ").append(method.label()).append(" | ").append(accuracies(method));
      table.append(" |\n");
    }
    return table.toString();
  }

  private String accuracies(Method method) {
    return String.join(
        ", ",
        of(method).stream()
            .map(
                result ->
                    String.format(
                        Locale.ROOT,
                        "%s: %.1f %%",
                        rate(result.rate()),
                        100 * result.last().accuracy()))
            .toList());
  }

  private static String rate(double rate) {
    return rate < 0.01 ? String.format(Locale.ROOT, "%.0e", rate) : String.valueOf((float) rate);
  }
}
