package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A package that is ALI-G with other settings is an oracle whose differences have a cause, and may
 * be declared.
 *
 * <p>Each test mostly waits for a process of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class OtherPackageTest {
  private static final String HEAD =
      """
      from alig_oracle.package import BUNDLED

      __path__.append(str(BUNDLED / "alig" / "th"))

      from .alig import AliG as _Ours
      from .projection import l2_projection

      """;

  /** Steps that leave out the last group's norm. */
  private static final String WITHOUT_LAST_GROUP =
      """
      import torch

      class AliG(_Ours):
          def _squared_gradient_norm(self):
              last = {id(p) for p in self.param_groups[-1]["params"]}
              total = 0
              for p in self._parameters():
                  if p.grad is not None and id(p) not in last:
                      total += torch.linalg.vector_norm(p.grad) ** 2
              return total
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Path oracle(String code) throws IOException {
    Path th = Files.createDirectories(folder.resolve("oracle/alig/th"));
    Files.writeString(folder.resolve("oracle/alig/__init__.py"), "");
    Files.writeString(th.resolve("__init__.py"), code);
    return folder.resolve("oracle");
  }

  private int conform(Path oracle, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--oracle", oracle.toString(), "--tries", "40"));
    all.addAll(List.of("--subject", "nd4j", "--out", folder.resolve("report").toString()));
    all.addAll(List.of(arguments));
    PrintStream print = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return Conform.run(print, all.toArray(String[]::new));
  }

  private JsonNode report() throws IOException {
    return new JsonMapper().readTree(folder.resolve("report/report.json").toFile());
  }

  private static String constructor(String settings) {
    return """
    class AliG(_Ours):
        def __init__(self, groups, **settings):
            super().__init__(groups, **{**settings, %s})
    """
        .formatted(settings);
  }

  private static String step(String before) {
    return """
    class AliG(_Ours):
        def step(self, closure):
            %s
            super().step(closure)
    """
        .formatted(before);
  }

  @Test
  void anotherFormIsTheCause() throws IOException {
    Path oracle = oracle(HEAD + constructor("\"adjusted_momentum\": True"));
    assertThat(conform(oracle, "--only", "MOMENTUM_STANDARD")).as(printed()).isOne();
    JsonNode first = report().path("causes").path(0);
    assertThat(first.path("party").asText()).startsWith("alig.th, torch");
    assertThat(first.path("quantity").asText()).isEqualTo("the momentum, given the step sizes");
    assertThat(first.path("setting").asText()).isEqualTo("momentum form = adjusted");
    assertThat(first.path("requirements")).hasToString("[\"MOMENTUM_STANDARD\"]");
    assertThat(first.path("cases").asInt()).isGreaterThan(1);
    assertThat(report().path("causes")).as(report().path("causes").toString()).hasSize(1);
    for (String view : List.of("report.html", "summary.md")) {
      String shown = Files.readString(folder.resolve("report").resolve(view));
      assertThat(shown).as(view).contains("Causes of what differs");
    }
    assertThat(printed()).contains("explained by \"momentum form = adjusted\"");
  }

  @Test
  void aNormWithoutTheLastGroupIsTheCause() throws IOException {
    Path oracle = oracle(HEAD + WITHOUT_LAST_GROUP);
    assertThat(conform(oracle, "--only", "GROUPS")).as(printed()).isOne();
    JsonNode first = report().path("causes").path(0);
    assertThat(first.path("setting").asText()).isEqualTo("the norm lacks the last group");
  }

  private Path known(String entries) throws IOException {
    return Files.writeString(folder.resolve("known.yaml"), entries);
  }

  private static String entry(String requirement, String setting) {
    return """
    - requirement: %s
      when: {setting: %s}
      because: the package has it so
    """
        .formatted(requirement, setting);
  }

  /** Two defects, of which one is declared. */
  @Test
  void whatIsNotDeclaredStillFails() throws IOException {
    String both =
        constructor("\"eps\": 1e-3")
            + "\n    def step(self, closure):\n        super().step(lambda: 2 * closure())\n";
    Path known = known(entry("any", "eps = 1e-3"));
    int status = conform(oracle(HEAD + both), "--only", "STEP_SIZE", "--known", known.toString());
    assertThat(status).as(printed()).isOne();
    assertThat(printed()).contains("explained by \"the loss is doubled\"");
  }

  @Test
  void whatItRaisesMayBeDeclared() throws IOException {
    String raising = step("if len(self.param_groups) > 1: raise KeyError('two')");
    String entry = "- {requirement: %s, when: {raises: %s}, because: it takes one group}%n";
    Path known =
        known(entry.formatted("CAP", "KeyError") + entry.formatted("GROUPS", "ValueError"));
    String[] arguments = {"--only", "CAP", "--only", "GROUPS", "--known", known.toString()};
    assertThat(conform(oracle(HEAD + raising), arguments)).as(printed()).isEqualTo(2);
    assertThat(requirement("CAP").path("verdict").asText()).isEqualTo("conforms");
    assertThat(requirement("GROUPS").path("verdict").asText()).isEqualTo("broken");
    assertThat(requirement("GROUPS").path("message").asText()).contains("raised KeyError: 'two'");
  }

  /** The second entry concerns a requirement that did not run. */
  @Test
  void anEntryThatNoCaseShowsIsStale() throws IOException {
    Path known = known(entry("CAP", "eps = 1e-3") + entry("[CAP, EPS]", "eps = 1e-3"));
    Path oracle = oracle(HEAD + "AliG = _Ours\n");
    assertThat(conform(oracle, "--only", "CAP", "--known", known.toString())).isOne();
    assertThat(printed())
        .containsPattern("known.yaml, entry 1 is stale: all \\d+ cases that it concerns agree")
        .doesNotContain("entry 2 is stale");
  }

  @Test
  void anUnknownWordIsRefusedBeforeAnythingRuns() throws IOException {
    Path known = known(entry("HAT", "eps = 1e-3"));
    assertThat(conform(folder, "--known", known.toString(), "--oracle", "exact")).isEqualTo(2);
    assertThat(folder.resolve("report")).doesNotExist();
  }

  private static String page(String language) throws IOException {
    Path page = Path.of("../../docs/test-another-package.md");
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(page));
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  /** The page's own adapter and package. */
  @Test
  void thePackageOfTheDocsHasOneCauseForEachOfItsDifferences() throws IOException {
    String[] only = {"--only", "BRIDGE", "--only", "STEP_SIZE", "--only", "PROJECTION"};
    assertThat(conform(oracle(page("python")), only)).as(printed()).isOne();
    assertThat(report().path("verdict").asText()).isEqualTo("differs");
    List<String> settings = report().path("causes").findValuesAsText("setting");
    assertThat(settings)
        .contains(
            "eps = 1e-6",
            "the squared norm is added up in float32",
            "loss and denominator are divided as Python floats");
    assertThat(requirement("BRIDGE").path("verdict").asText()).isEqualTo("conforms");
  }

  @Test
  void theListOfTheDocsDeclaresWhatIsDifferentInThePackageOfTheDocs() throws IOException {
    Path known = known(page("yaml"));
    String[] only = {"--only", "STEP_SIZE", "--only", "PROJECTION", "--known", known.toString()};
    assertThat(conform(oracle(page("python")), only)).as(printed()).isZero();
    JsonNode differences = report().path("known_differences");
    assertThat(differences.path(0).path("id").asText()).isEqualTo("known.yaml, entry 1");
    assertThat(differences.findValuesAsText("state")).contains("holds").doesNotContain("stale");
    assertThat(differences.findValuesAsText("evidence"))
        .anySatisfy(evidence -> assertThat(evidence).contains("cases differ as declared"));
    assertThat(report().path("causes")).isEmpty();
  }

  private JsonNode requirement(String id) throws IOException {
    for (JsonNode requirement : report().path("subjects").path(0).path("requirements")) {
      if (requirement.path("id").asText().equals(id)) {
        return requirement;
      }
    }
    throw new AssertionError("the report lacks " + id);
  }
}
