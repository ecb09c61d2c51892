package dev.alig.conformance.differences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.differences.AskedDifference.State;
import dev.alig.conformance.differences.Finding.Holds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegisterTest {
  private static final String YAML =
      """
      - id: a-difference
        requirement: CAP
        between: [one, another]
        when: always
        because: nobody agreed
        link: https://example.org/why
      """;

  private static final DifferenceCheck HOLDS = scene -> new Holds("3 of 4");

  private static List<KnownDifference> read(String yaml) throws IOException {
    return Register.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Parties scene(boolean replaysOnly) {
    return new Parties(
        new Ideal("nd4j"), Optional.empty(), Optional.empty(), List.of(), replaysOnly);
  }

  @Test
  void everyShippedEntryHasACheckAndEveryCheckAnEntry() {
    assertThat(Register.shipped().entries()).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void anEntryIsRead() throws IOException {
    assertThat(read(YAML))
        .containsExactly(
            new KnownDifference(
                "a-difference",
                Requirement.CAP,
                List.of("one", "another"),
                "always",
                "nobody agreed",
                "https://example.org/why"));
  }

  @Test
  void anEntryWithoutACheckIsRefused() throws IOException {
    List<KnownDifference> entries = read(YAML);
    assertThatThrownBy(() -> Register.of(entries, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a-difference")
        .hasMessageContaining("no check");
  }

  @Test
  void aCheckWithoutAnEntryIsRefused() throws IOException {
    List<KnownDifference> entries = read(YAML);
    Map<String, DifferenceCheck> checks = Map.of("a-difference", HOLDS, "forgotten", HOLDS);
    assertThatThrownBy(() -> Register.of(entries, checks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[forgotten]");
  }

  @Test
  void anEntryOfTheSameNameTwiceIsRefused() throws IOException {
    List<KnownDifference> entries = read(YAML + YAML);
    assertThatThrownBy(() -> Register.of(entries, Map.of("a-difference", HOLDS)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThatThrownBy(() -> read(YAML + "  why: a typing error\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("why");
  }

  @Test
  void aMissingKeyIsRefused() {
    assertThatThrownBy(() -> read(YAML.replaceFirst("  link: .*\n", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("link");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> read(YAML + "  when: never\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("when");
  }

  @Test
  void anUnknownRequirementIsRefused() {
    assertThatThrownBy(() -> read(YAML.replace("CAP", "HAT")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("HAT");
  }

  @Test
  void aLinkMustBeAnAddress() {
    assertThatThrownBy(() -> read(YAML.replace("https://example.org/why", "see above")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(YAML.replace("https", "http")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("https address");
  }

  @Test
  void aDifferenceIsBetweenTwoParties() {
    assertThatThrownBy(() -> read(YAML.replace("[one, another]", "[one, one]")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("two different parties");
  }

  @Test
  void theEvidenceOfAnAskedEntryIsKept() throws IOException {
    Register register = Register.of(read(YAML), Map.of("a-difference", HOLDS));
    AskedDifference asked = register.ask(scene(false)).get(0);
    assertThat(asked.state()).isEqualTo(State.HOLDS);
    assertThat(asked.evidence()).isEqualTo("3 of 4");
  }

  @Test
  void anEntryWhoseCheckFindsNoDifferenceIsStale() throws IOException {
    DifferenceCheck stale = scene -> Finding.of(false, "0 of 4");
    Register register = Register.of(read(YAML), Map.of("a-difference", stale));
    AskedDifference asked = register.ask(scene(false)).get(0);
    assertThat(asked.state()).isEqualTo(State.STALE);
    assertThat(asked.facts()).contains("a-difference", "0 of 4");
  }

  @Test
  void nothingIsAskedWhereChosenTracesAreReplayed() throws IOException {
    Register register = Register.of(read(YAML), Map.of("a-difference", HOLDS));
    assertThat(register.ask(scene(true)).get(0).state()).isEqualTo(State.NOT_ASKED);
  }

  @Test
  void aCheckThatFailsNamesItsEntry() throws IOException {
    DifferenceCheck fails =
        scene -> {
          throw new IllegalStateException("the oracle is gone");
        };
    Register register = Register.of(read(YAML), Map.of("a-difference", fails));
    assertThatThrownBy(() -> register.ask(scene(false)))
        .hasMessageContaining("a-difference")
        .hasMessageContaining("the oracle is gone");
  }
}
