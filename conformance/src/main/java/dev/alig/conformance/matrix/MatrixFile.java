package dev.alig.conformance.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the list of rows: {@code defaults}, the keys that a row may leave out with their values,
 * and {@code rows}.
 */
public final class MatrixFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A release without quotes is a number, and 3.10 would become 3.1.
          .withCoercionConfig(
              LogicalType.Textual,
              textual -> textual.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
          .build();

  private final Path file;

  private MatrixFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the rows of a file, in its order.
   *
   * @throws IllegalArgumentException naming the file, the row and the key that is wrong
   */
  public static List<Row> read(Path file) {
    try {
      return new MatrixFile(file).rows(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the list of rows cannot be read: " + file, e);
    }
  }

  private List<Row> rows(String text) {
    JsonNode root = parsed(text);
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!Set.of("defaults", "rows").contains(key)) {
                throw wrong("%s: unknown; there are defaults and rows".formatted(key));
              }
            });
    if (!(root.get("defaults") instanceof ObjectNode defaults)) {
      throw wrong("defaults: must be keys with values");
    }
    JsonNode list = root.path("rows");
    if (!list.isArray() || list.isEmpty()) {
      throw wrong("rows: must be a list with at least one row");
    }
    List<Row> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : list) {
      Row row = row(defaults, node, rows.size() + 1);
      if (!names.add(row.name())) {
        throw wrong("row %s: is there twice".formatted(row.name()));
      }
      rows.add(row);
    }
    return rows;
  }

  private JsonNode parsed(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw wrong("is no YAML: " + e.getMessage());
    }
  }

  private Row row(ObjectNode defaults, JsonNode given, int number) {
    String name = given.path("name").isTextual() ? given.get("name").textValue() : "" + number;
    if (!(given instanceof ObjectNode keys)) {
      throw wrong("row %s: must be keys with values".formatted(name));
    }
    try {
      return YAML.treeToValue(defaults.deepCopy().setAll(keys), Row.class);
    } catch (UnrecognizedPropertyException e) {
      throw wrong(
          "row %s: %s: unknown; there are %s"
              .formatted(name, e.getPropertyName(), e.getKnownPropertyIds()));
    } catch (JsonProcessingException e) {
      throw wrong("row %s: %s".formatted(name, problem(e)));
    }
  }

  /** The key and what is wrong; the row's own checks name their key themselves. */
  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException own) {
      return String.valueOf(own.getMessage());
    }
    String key =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."))
            : "";
    String what =
        Objects.requireNonNullElse(e.getOriginalMessage(), "").lines().findFirst().orElse("");
    return key.isEmpty() ? what : key + ": " + what;
  }

  private IllegalArgumentException wrong(String problem) {
    return new IllegalArgumentException(file + ": " + problem);
  }
}
