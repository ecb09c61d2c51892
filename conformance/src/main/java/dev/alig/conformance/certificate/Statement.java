package dev.alig.conformance.certificate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * A certificate as an in-toto statement (v1): which files it is about, and what is said of them.
 *
 * @param type which kind of statement
 * @param subject the subjects' jars, each once
 * @param predicateType what the predicate is, with its schema
 * @param predicate the certificate
 */
record Statement(
    @JsonProperty("_type") String type,
    List<About> subject,
    String predicateType,
    Certificate predicate) {
  /** The type of an envelope's payload. */
  static final String MEDIA_TYPE = "application/vnd.in-toto+json";

  private static final String TYPE = "https://in-toto.io/Statement/v1";

  /** A name by RFC 4151, which promises no page. */
  private static final String PREDICATE = "tag:alig.dev,2026:conformance/v";

  private static final JsonMapper JSON = strict();

  /** A file that a statement is about. */
  record About(String name, Digest digest) {}

  /** The digest of a file. */
  record Digest(String sha256) {}

  Statement {
    subject = List.copyOf(subject);
  }

  /** The statement that a certificate makes. */
  static Statement of(Certificate certificate) {
    return new Statement(TYPE, about(certificate), PREDICATE + certificate.schema(), certificate);
  }

  private static List<About> about(Certificate certificate) {
    return certificate.subjects().stream()
        .flatMap(subject -> subject.jars().stream())
        .distinct()
        .map(jar -> new About(jar.file(), new Digest(jar.sha256())))
        .toList();
  }

  /** Reads JSON as it is meant: nothing unknown, missing, twice, or of another type. */
  static JsonMapper strict() {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .build();
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a statement is plain data", e);
    }
  }

  /** Reads a payload; the schema comes first, since it says what the rest means. */
  static Statement parse(byte[] payload) throws RefusedException {
    try {
      JsonNode tree = JSON.readTree(payload);
      requireSchema(tree);
      Statement statement = JSON.treeToValue(tree, Statement.class);
      if (!statement.equals(of(statement.predicate))) {
        throw new RefusedException(
            "it contradicts itself: its list of files is not that of its subjects");
      }
      return statement;
    } catch (IOException e) {
      throw new RefusedException("it lacks what a certificate has: " + e.getMessage(), e);
    }
  }

  private static void requireSchema(JsonNode tree) throws RefusedException {
    String type = tree.path("_type").asText();
    String predicate = tree.path("predicateType").asText();
    if (!type.equals(TYPE) || !predicate.startsWith(PREDICATE)) {
      throw new RefusedException(
          "it is no certificate of conformance but %s about %s".formatted(type, predicate));
    }
    String schema = tree.path("predicate").path("schema").asText();
    if (!predicate.equals(PREDICATE + schema)) {
      throw new RefusedException(
          "it contradicts itself: its schema is %s and its type %s".formatted(schema, predicate));
    }
    if (!schema.equals(Integer.toString(Certificate.SCHEMA))) {
      throw new RefusedException(
          "its schema is %s, and this suite believes %d alone"
              .formatted(schema, Certificate.SCHEMA));
    }
  }
}
