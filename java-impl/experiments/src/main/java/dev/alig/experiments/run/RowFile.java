package dev.alig.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows of an experiment: {@code defaults}, and {@code rows} that override them. */
final class RowFile {
  /** The structure of the file. */
  private record Entries(ObjectNode defaults, List<ObjectNode> rows) {}

  private RowFile() {}

  /**
   * Reads {@code NAME.yaml} beside the experiment's class.
   *
   * @throws InputException if a value is wrong; the message names the file, the row and the key
   */
  static <R extends Row> List<R> read(Experiment<R> experiment) throws IOException {
    String name = experiment.name() + ".yaml";
    try (InputStream in = experiment.getClass().getResourceAsStream(name)) {
      if (in == null) {
        throw new InputException(name + " is missing; it belongs beside " + experiment.getClass());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return parse(name, text, experiment.rowType());
    }
  }

  /** Parses the text of a file. */
  static <R extends Row> List<R> parse(String name, String text, Class<R> type)
      throws InputException {
    Entries entries;
    try {
      entries = Json.YAML.readValue(text, Entries.class);
    } catch (JsonProcessingException e) {
      throw new InputException("%s: %s".formatted(name, Json.problem(e)), e);
    }
    List<R> rows = new ArrayList<>();
    for (ObjectNode entry : entries.rows) {
      try {
        ObjectNode all = entries.defaults.deepCopy();
        all.setAll(entry);
        rows.add(Json.YAML.treeToValue(all, type));
      } catch (JsonProcessingException e) {
        String problem = "%s, row %d: %s".formatted(name, rows.size() + 1, Json.problem(e));
        throw new InputException(problem, e);
      }
    }
    if (rows.isEmpty()) {
      throw new InputException(name + ": rows must have at least one entry");
    }
    return List.copyOf(rows);
  }
}
