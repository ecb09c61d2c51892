package dev.alig.conformance.differences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.MomentumForm;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.oracle.ExactOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredFileTest {
  private static final String ENTRY =
      """
      - requirement: [EPS, CAP]
        when:
          setting: eps = 1e-6
          dtype: float
          cap: not hit
          loss sign: negative
        because: it is fixed
      """;

  @TempDir private Path folder;

  private List<Declared> read(String yaml) throws IOException {
    return DeclaredFile.read(Files.writeString(folder.resolve("known.yaml"), yaml));
  }

  private static StepCase scripted(DType dtype, double loss) {
    return new StepCase(
        "one",
        dtype,
        1e-5,
        MomentumForm.STANDARD,
        OptionalDouble.empty(),
        List.of(new Group(OptionalDouble.empty(), 0, List.of(Tensor.vector(1)))),
        List.of(new Step(loss, LossKind.FLOAT, List.of(List.of(Optional.of(Tensor.vector(0.25)))))),
        Optional.empty());
  }

  private static boolean concerns(Declared entry, Requirement checked, StepCase scripted) {
    return entry.concerns(
        List.of(checked), scripted, () -> Optional.of(new ExactOracle().run(scripted)));
  }

  @Test
  void anEntryConcernsWhatMeetsAllOfIt() throws IOException {
    Declared entry = read(ENTRY).get(0);
    assertThat(entry.id()).isEqualTo("known.yaml, entry 1");
    assertThat(entry.settings()).containsExactly("eps = 1e-6");
    assertThat(entry.words())
        .isEqualTo("setting: eps = 1e-6; dtype: float; cap: not hit; loss sign: negative");
    assertThat(concerns(entry, Requirement.CAP, scripted(DType.FLOAT, -1))).isTrue();
    assertThat(concerns(entry, Requirement.NORM, scripted(DType.FLOAT, -1))).isFalse();
    assertThat(concerns(entry, Requirement.CAP, scripted(DType.DOUBLE, -1))).isFalse();
    assertThat(concerns(entry, Requirement.CAP, scripted(DType.FLOAT, 1))).isFalse();
  }

  @Test
  void whatTheOracleRaisesMayBeDeclared() throws IOException {
    Declared entry = read("[{requirement: CAP, when: {raises: ValueError}, because: b}]").get(0);
    assertThat(entry.raises()).hasValue("ValueError");
    assertThat(read(ENTRY).get(0).raises()).isEmpty();
  }

  @Test
  void anyRequirementAlways() throws IOException {
    Declared entry = read("[{requirement: any, when: always, because: so it is}]").get(0);
    assertThat(entry.requirements()).containsExactlyInAnyOrder(Requirement.values());
    assertThat(concerns(entry, Requirement.NORM, scripted(DType.DOUBLE, 1))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          requirement:       | requiremnt:  | there is no key requiremnt; there are requirement, when, because
          because: it is     | becuase: it  | there is no key becuase
          because: it is fixed | because: '' | because must say why
          [EPS, CAP]         | [EPS, HAT]   | no requirement is named HAT; there are any, BRIDGE, CONSTRUCTION
          [EPS, CAP]         | []           | requirement must be any, a name, or a list of names
          eps = 1e-6         | eps = 1e-66  | no setting reads eps = 1e-66; there are eps = 0; eps = 1e0
          dtype: float       | dtipe: float | when knows no dtipe; there are setting, raises, cap, momentum, form, projection
          dtype: float       | dtype: half  | dtype cannot be half; there are float, double
          cap: not hit       | cap: [hit]   | cap cannot be
          """)
  void whatIsUnknownIsRefusedWithWhatIsKnown(String part, String spoilt, String message) {
    String yaml = ENTRY.replace(part, spoilt);
    assertThat(yaml).isNotEqualTo(ENTRY);
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--known: known.yaml, entry 1: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          when: never  | when must be always, or say what must be so: setting, raises, cap
          when: {}     | when must be always
          when: [cap]  | when must be always
          """)
  void whenMustBeCheckable(String when, String message) {
    assertThatThrownBy(() -> read("- requirement: any\n  because: b\n  %s\n".formatted(when)))
        .hasMessageContaining(message);
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThatThrownBy(() -> read("- requirement: any\n  because: b\n"))
        .hasMessageContaining("when is missing; there are requirement, when, because");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          when: always          | must be a list of entries
          []                    | must be a list of entries
          - {a: 1, a: 2}        | is not YAML
          """)
  void whatIsNoListIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> DeclaredFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.yaml is no file");
  }
}
