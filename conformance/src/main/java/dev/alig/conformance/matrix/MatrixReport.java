package dev.alig.conformance.matrix;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What became of the rows of a run.
 *
 * @param results in the order of the rows
 */
public record MatrixReport(List<RowResult> results) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the list. */
  public MatrixReport {
    results = List.copyOf(results);
  }

  /**
   * What a process ends with: 1 if a row differs; else 2 if a row is broken, or none ran; 0 where
   * all that ran conform.
   */
  public int exitStatus() {
    if (any(Outcome.Differs.class)) {
      return 1;
    }
    return any(Outcome.Broken.class) || !any(Outcome.Conforms.class) ? 2 : 0;
  }

  private boolean any(Class<? extends Outcome> kind) {
    return results.stream().map(RowResult::outcome).anyMatch(kind::isInstance);
  }

  /** The rows in a table for the terminal. */
  public String table() {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        results,
        List.of(
            column("row", HorizontalAlign.LEFT, result -> result.row().name()),
            column("outcome", HorizontalAlign.LEFT, result -> result.outcome().words()),
            column("s", HorizontalAlign.RIGHT, MatrixReport::seconds),
            column("JDK", HorizontalAlign.RIGHT, MatrixReport::jdk),
            column("Python", HorizontalAlign.RIGHT, result -> result.row().python()),
            column("torch", HorizontalAlign.LEFT, RowResult::torch)));
  }

  private static ColumnData<RowResult> column(
      String header, HorizontalAlign align, Function<RowResult, String> value) {
    return new Column().header(header).maxWidth(100).dataAlign(align).with(value);
  }

  /** The rows as a Markdown table. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| row | outcome | s | JDK | Python | torch | about |\n");
    text.append("|---|---|---:|---:|---:|---|---|\n");
    for (RowResult result : results) {
      List<String> cells =
          List.of(
              result.row().name(),
              result.outcome().words(),
              seconds(result),
              jdk(result),
              result.row().python(),
              result.torch(),
              result.row().about());
      text.append("| ");
      text.append(
          String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
      text.append(" |\n");
    }
    return text.toString();
  }

  private static String seconds(RowResult result) {
    return result.outcome() instanceof Outcome.NotRun
        ? ""
        : String.format(Locale.ROOT, "%.0f", result.seconds());
  }

  private static String jdk(RowResult result) {
    return result.row().runs() == Row.Runs.REPLAY ? "" : Integer.toString(result.row().jdk());
  }

  /** Writes {@code matrix.json} and {@code matrix.md} into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ObjectNode root = JSON.createObjectNode();
    root.put("exit_status", exitStatus());
    ArrayNode rows = root.putArray("rows");
    for (RowResult result : results) {
      ObjectNode node = rows.addObject();
      node.put("name", result.row().name());
      node.put("outcome", result.outcome().words());
      node.put("seconds", result.seconds());
      node.set("row", JSON.valueToTree(result.row()));
      result.oracle().ifPresent(facts -> node.set("oracle", JSON.valueToTree(facts)));
    }
    JSON.writeValue(folder.resolve("matrix.json").toFile(), root);
    Files.writeString(folder.resolve("matrix.md"), markdown());
  }
}
