package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the documents show exist, and know their switches. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /** A line of a block, or code within a sentence, which may go on in the next line. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(ci/[a-z-]+)([^`\n]*)$|`(ci/[a-z-]+)([^`]*)`");

  private static final Map<String, Main> OURS =
      Map.of(
          "ci/conform", Conform::run,
          "ci/releases", RunReleases::run,
          "ci/matrix", Matrix::run,
          "ci/certificate-key", subcommand("certificate-key"),
          "ci/verify-certificate", subcommand("verify-certificate"));

  private static Main subcommand(String name) {
    return (out, arguments) ->
        Conform.run(
            out, Stream.concat(Stream.of(name), Stream.of(arguments)).toArray(String[]::new));
  }

  private interface Main {
    int run(PrintStream out, String... arguments);
  }

  /** A command and its arguments as they stand in a document. */
  private record Shown(String document, String script, String arguments) {
    /** What stands for a value is written in capitals. */
    List<String> words() {
      return Stream.of(arguments.split("\\s+"))
          .map(word -> word.replace("\"", "").replaceAll("^[A-Z]+…?$", "1"))
          .filter(word -> !word.isEmpty() && !word.startsWith("["))
          .toList();
    }
  }

  static List<Shown> shown() throws IOException {
    List<Shown> shown = new ArrayList<>();
    for (String document : List.of("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")) {
      String text = Files.readString(ROOT.resolve(document)).replace("\\\n", " ");
      for (MatchResult match : COMMAND.matcher(text).results().toList()) {
        int first = match.group(1) == null ? 3 : 1;
        shown.add(new Shown(document, match.group(first), match.group(first + 1)));
      }
    }
    return shown;
  }

  @Test
  void everyCommandOfTheFolderIsShown() throws IOException {
    List<String> scripts = shown().stream().map(Shown::script).distinct().toList();
    try (Stream<Path> files = Files.list(ROOT.resolve("ci"))) {
      assertThat(files.filter(Files::isExecutable).map(file -> "ci/" + file.getFileName()))
          .allMatch(scripts::contains);
    }
    assertThat(scripts).allMatch(script -> Files.isExecutable(ROOT.resolve(script)));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void itsSwitchesAreKnown(Shown shown) {
    if (!OURS.containsKey(shown.script)) {
      // Those of other modules have tests of their own.
      assertThat(shown.script).isIn("ci/benchmark", "ci/compare", "ci/plot-steps");
      return;
    }
    List<String> arguments = new ArrayList<>(shown.words());
    if (!arguments.contains("--help")) {
      arguments.add("--help");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int status =
        Objects.requireNonNull(OURS.get(shown.script)).run(out, arguments.toArray(String[]::new));
    assertThat(status).as(shown + " " + bytes.toString(StandardCharsets.UTF_8)).isZero();
  }
}
