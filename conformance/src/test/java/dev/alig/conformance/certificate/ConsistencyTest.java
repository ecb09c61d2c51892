package dev.alig.conformance.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that cannot be those of a conforming run are refused, whoever signed them. */
class ConsistencyTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("changes")
  void numbersThatDoNotGoTogetherAreNamed(String complaint, Consumer<ObjectNode> change)
      throws Exception {
    SigningKey key = SmallCertificate.key(folder.resolve("keys"));
    Path jar = SmallCertificate.file(folder, "a.jar", "code");
    Certificate sound = SmallCertificate.of(List.of(CodeFile.of(jar)), List.of());
    assertThat(Consistency.complaints(sound)).isEmpty();
    String text = SmallCertificate.resigned(Issuer.sign(sound, key), key, change);
    Path file = SmallCertificate.file(folder, "certificate.json", text);
    assertThat(Verifier.open(file, List.of(key.trusted())).contradictions())
        .anySatisfy(found -> assertThat(found).contains(complaint));
  }

  /** What a run recorded: 4.9E-324 and 1.5E-323 stand for numbers with more digits. */
  @Test
  void aRatioOfDenormalNumbersNeedNotBeTheirQuotient() {
    assertThat(Consistency.isQuotient(0.4437140576011673, 4.9E-324, 1.5E-323)).isTrue();
    assertThat(Consistency.isQuotient(0.9, 4.9E-324, 1.5E-322)).isFalse();
  }

  @Test
  void aRatioIsThatOfItsNumbersButForRoundings() {
    assertThat(Consistency.isQuotient(0, 0, 0)).isTrue();
    assertThat(Consistency.isQuotient(0.75, 3, 4)).isTrue();
    assertThat(Consistency.isQuotient(Math.nextUp(0.75), 3, 4)).isTrue();
    assertThat(Consistency.isQuotient(0.75 + 1e-14, 3, 4)).isFalse();
    assertThat(Consistency.isQuotient(0.75 - 1e-14, 3, 4)).isFalse();
    assertThat(Consistency.isQuotient(0, 3, 4)).isFalse();
  }

  private static Arguments change(String complaint, Consumer<ObjectNode> change) {
    return arguments(complaint, change);
  }

  private static Consumer<ObjectNode> whole(String field, int value) {
    return statement -> SmallCertificate.predicate(statement).put(field, value);
  }

  private static Consumer<ObjectNode> requirement(String field, int value) {
    return statement -> SmallCertificate.requirement(statement, "CAP").put(field, value);
  }

  private static Consumer<ObjectNode> requirement(String field, String value) {
    return statement -> SmallCertificate.requirement(statement, "CAP").put(field, value);
  }

  private static Consumer<ObjectNode> worst(String field, double value) {
    return statement ->
        ((ObjectNode) SmallCertificate.requirement(statement, "CAP").path("worst"))
            .put(field, value);
  }

  private static Consumer<ObjectNode> part(String object, String field, int value) {
    return statement ->
        ((ObjectNode) SmallCertificate.predicate(statement).path(object)).put(field, value);
  }

  private static Consumer<ObjectNode> pairs(int covered, int possible) {
    return statement ->
        ((ObjectNode) SmallCertificate.subject(statement).path("pairs"))
            .put("covered", covered)
            .put("possible", possible);
  }

  private static ArrayNode requirements(ObjectNode statement) {
    return (ArrayNode) SmallCertificate.subject(statement).path("requirements");
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("it says 5 cases", whole("cases", 5)),
        change("it has 0 tries", whole("tries", 0)),
        change("it has 0 steps", whole("steps", 0)),
        change("nd4j, CAP: 11 tries gave 10 cases", whole("tries", 11)),
        change("nd4j, CAP: it conforms without a case", requirement("cases", 0)),
        change("nd4j, CAP: a case has no number", requirement("comparisons", 9)),
        change("nd4j, CAP: its verdict is differs", requirement("verdict", "differs")),
        change("it is inapplicable and has 10", requirement("verdict", "inapplicable")),
        change("nd4j, CAP: its worst ratio is 1.5, beyond", worst("ratio", 1.5)),
        change("nd4j, CAP: its worst ratio is -0.1, beyond", worst("ratio", -0.1)),
        change("its worst ratio is 0.5, and 3.0 / 4.0 is 0.75", worst("ratio", 0.5)),
        change("its worst ratio is 0.75, and 1.0 / 4.0 is 0.25", worst("observed", 1)),
        change("it has the requirements", statement -> requirements(statement).remove(0)),
        change(
            "it has the requirements",
            statement -> requirements(statement).add(requirements(statement).get(0))),
        change("0 of 1 defective optimizers", part("defects", "caught", 0)),
        change(
            "0 of 0 defective",
            statement -> {
              part("defects", "caught", 0).accept(statement);
              part("defects", "of", 0).accept(statement);
            }),
        change("nd4j: 1 of 2 pairs", pairs(1, 2)),
        change("nd4j: 0 of 0 pairs", pairs(0, 0)),
        change(
            "nd4j: it has no jar",
            statement -> {
              statement.putArray("subject");
              SmallCertificate.subject(statement).putArray("jars");
            }),
        change(
            "it has no subject",
            statement -> {
              statement.putArray("subject");
              SmallCertificate.predicate(statement).putArray("subjects");
            }));
  }
}
