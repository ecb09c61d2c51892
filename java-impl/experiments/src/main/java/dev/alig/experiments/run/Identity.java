package dev.alig.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.Options;
import dev.alig.experiments.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The settings that identify a run. Only a run with the same identity can resume from a checkpoint,
 * because any other could not continue bit for bit.
 *
 * @param experiment the experiment's name
 * @param row the number of the row, from 1
 * @param title what distinguishes the row from the others
 * @param optimizer the row's optimizer
 * @param rate the row's learning rate, or cap
 * @param settings all keys of the row
 * @param backend the framework
 * @param seed the seed
 * @param epochs the number of epochs; 0 for the row's
 * @param steps the number of steps; 0 for the row's
 * @param limit the greatest number of examples; 0 for all
 * @param threads the number of threads; the order of sums may depend on it
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

  /** The name of the run's folder within a folder of runs. */
  String folder() {
    return "%s-row%d-seed%d".formatted(experiment, row, seed);
  }

  /** The differences of another identity, such as {@code seed 2 instead of 1}. */
  List<String> differences(Identity other) {
    JsonNode mine = Json.MAPPER.valueToTree(this);
    JsonNode others = Json.MAPPER.valueToTree(other);
    List<String> found = new ArrayList<>();
    mine.properties()
        .forEach(
            field -> {
              JsonNode there = others.path(field.getKey());
              // Compare as text, because a number that was read may have another type.
              if (!there.toString().equals(field.getValue().toString())) {
                found.add("%s %s instead of %s".formatted(field.getKey(), there, field.getValue()));
              }
            });
    return found;
  }
}
