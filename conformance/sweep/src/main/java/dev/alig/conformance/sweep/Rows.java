package dev.alig.conformance.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of rows.
 *
 * @param defaults the values of keys that a row leaves out
 * @param all the rows, in the order of the file
 */
record Rows(ObjectNode defaults, List<Row> all) {
  private static final YAMLMapper YAML =
      strict(
          YAMLMapper.builder(
                  YAMLFactory.builder()
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .build())
              // Without quotes YAML reads a release as a number, and 3.10 would become 3.1.
              .withCoercionConfig(
                  LogicalType.Textual,
                  textual -> textual.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)));

  /** A mapper of records that refuses missing values. */
  static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M strict(B builder) {
    return builder
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .build();
  }

  private record File(ObjectNode defaults, List<ObjectNode> rows) {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if a value is wrong; the message names the file, the row and
   *     the key
   */
  static Rows read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("the list of rows cannot be read: " + file, e);
    }
  }

  private static Rows parse(String text) throws IOException {
    File file;
    try {
      file = YAML.readValue(text, File.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(problem(e), e);
    }
    require(!file.rows.isEmpty(), "rows: must be a list with at least one row");
    List<Row> rows = new ArrayList<>();
    for (ObjectNode keys : file.rows) {
      String name = keys.path("name").asText(Integer.toString(rows.size() + 1));
      try {
        require(rows.stream().noneMatch(row -> row.name().equals(name)), "is there twice");
        rows.add(row(file.defaults.deepCopy().setAll(keys)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("row %s: %s".formatted(name, e.getMessage()), e);
      }
    }
    return new Rows(file.defaults, List.copyOf(rows));
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(complaint);
    }
  }

  /** The row made of the defaults and some keys. */
  Row plain(Map<String, ?> keys) {
    return row(defaults.deepCopy().setAll(keys(keys)));
  }

  /** The rows with some names; all rows if there are no names. */
  List<Row> named(List<String> names) {
    List<String> known = all.stream().map(Row::name).toList();
    for (String name : names) {
      require(known.contains(name), "no row is named %s; there are %s".formatted(name, known));
    }
    return all.stream().filter(row -> names.isEmpty() || names.contains(row.name())).toList();
  }

  /** The row with these keys; no key may be missing. */
  static Row row(JsonNode keys) {
    try {
      return YAML.treeToValue(keys, Row.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(problem(e), e);
    }
  }

  /** The key and what is wrong with it; messages of the row's own checks already name the key. */
  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException own) {
      return String.valueOf(own.getMessage());
    }
    Stream<JsonMappingException.Reference> path =
        e instanceof JsonMappingException mapping ? mapping.getPath().stream() : Stream.of();
    String what = e.getOriginalMessage().lines().findFirst().orElse("");
    return path.map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .map(key -> key + ": ")
        .collect(Collectors.joining("", "", what));
  }

  /** Rows as the matrix of a hosted workflow. */
  static String json(List<Row> rows) {
    return keys(Map.of("include", rows)).toString();
  }

  /** The keys of a row, or of a map. */
  static ObjectNode keys(Object values) {
    return YAML.valueToTree(values);
  }
}
