package dev.alig.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and writes records in JSON and YAML. No component may be missing, and no key unknown. */
final class Json {
  static final ObjectMapper MAPPER =
      strict(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT));

  static final ObjectMapper YAML =
      strict(
          YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()));

  private Json() {}

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M strict(B builder) {
    return builder
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build();
  }

  /**
   * The key and what is wrong with it; messages of a record's own checks already name the value.
   */
  static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException own) {
      return String.valueOf(own.getMessage());
    }
    Stream<JsonMappingException.Reference> path =
        e instanceof JsonMappingException mapping ? mapping.getPath().stream() : Stream.of();
    return path.map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .map(key -> key + ": ")
        .collect(Collectors.joining("", "", what(e)));
  }

  private static String what(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return unknown.getKnownPropertyIds().stream()
          .map(Object::toString)
          .sorted()
          .collect(Collectors.joining(", ", "unknown key; there are ", ""));
    }
    String first = e.getOriginalMessage().lines().findFirst().orElse("");
    return first.startsWith("Missing ") ? "missing" : first;
  }
}
