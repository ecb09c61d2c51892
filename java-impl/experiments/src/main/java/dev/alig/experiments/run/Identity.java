package dev.alig.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.Options;
import dev.alig.experiments.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a run is a run of. A checkpoint is only for a run with the same identity, since with another
 * one it could not go on bit for bit.
 *
 * @param experiment its name
 * @param row the number of the row, from 1
 * @param title what sets the row apart
 * @param optimizer its optimizer
 * @param rate its learning rate, or cap
 * @param settings all keys of the row
 * @param backend the framework
 * @param seed the seed
 * @param epochs how many epochs instead of the row's; 0 for the row's
 * @param steps how many steps instead of the row's; 0 for the row's
 * @param limit how many examples at most; 0 for all
 * @param threads how many threads, on which the order of sums may depend
 */
record Identity(
    String experiment,
    int row,
    String title,
    String optimizer,
    double rate,
    JsonNode settings,
    String backend,
    long seed,
    int epochs,
    int steps,
    int limit,
    int threads) {

  static Identity of(Experiment<?> experiment, int number, Row row, Options options) {
    return new Identity(
        experiment.name(),
        number,
        row.title(),
        row.optimizer(),
        row.rate(),
        Json.MAPPER.valueToTree(row),
        options.backend().toString(),
        options.seed(),
        number(options.epochs()),
        number(options.steps()),
        number(options.limit()),
        options.threads());
  }

  private static int number(OptionalInt value) {
    return value.orElse(0);
  }

  /** The folder of such a run within a folder of runs. */
  String folder() {
    return "%s-row%d-seed%d".formatted(experiment, row, seed);
  }

  /** What is different in another identity, such as {@code seed 2 instead of 1}. */
  List<String> differences(Identity other) {
    JsonNode mine = Json.MAPPER.valueToTree(this);
    JsonNode others = Json.MAPPER.valueToTree(other);
    List<String> found = new ArrayList<>();
    mine.properties()
        .forEach(
            field -> {
              JsonNode there = others.path(field.getKey());
              // As text, since a number that was read may be of another type.
              if (!there.toString().equals(field.getValue().toString())) {
                found.add("%s %s instead of %s".formatted(field.getKey(), there, field.getValue()));
              }
            });
    return found;
  }
}
