package dev.alig.conformance.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.SampleReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the page looks in WebKit. JavaFX brings the engine; the system has to have libX11 and Pango,
 * and where they are missing, these tests are skipped and say so.
 */
class BrowserTest {
  private static final int PHONE = 360;
  private static final int DESKTOP = 1280;
  private static final String DARK = "(prefers-color-scheme: dark)";

  @TempDir private static Path target;

  private static Path folder = Path.of("");
  private static String printed = "";
  private static final List<Look> LOOKS = new ArrayList<>();

  /**
   * A page at a width; dark where the rules for dark screens apply, which WebKit here never does.
   */
  record Look(String page, int width, boolean dark) {
    Path file() {
      return folder.resolve(page + (dark ? "-dark" : "") + ".html");
    }

    JsonNode found() throws JsonProcessingException {
      assumeTrue(
          printed.lines().anyMatch(Browser.READY::equals),
          "no browser could be started, so that how the report looks was not tested: " + printed);
      List<String> lines = printed.lines().filter(line -> line.startsWith("{")).toList();
      assertThat(lines).as(printed).hasSameSizeAs(LOOKS);
      return new JsonMapper().readTree(lines.get(LOOKS.indexOf(this)));
    }
  }

  @BeforeAll
  static void openThePages() throws IOException, InterruptedException {
    folder = Files.createDirectory(target.resolve("conformance"));
    SampleReport.leaveFiles(folder);
    write("conforming", SampleReport.conforming());
    write("failing", SampleReport.failing());
    write("empty", SampleReport.empty());
    Path script = folder.resolve("probe.js");
    try (var probe = BrowserTest.class.getResourceAsStream("probe.js")) {
      Files.copy(Objects.requireNonNull(probe), script);
    }
    Path output = folder.resolve("output.txt");
    Process browser =
        new ProcessBuilder(command(script))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!browser.waitFor(2, TimeUnit.MINUTES)) {
      browser.destroyForcibly().waitFor();
    }
    printed = Files.readString(output, StandardCharsets.UTF_8);
  }

  private static void write(String name, Report report) throws IOException {
    write(name, ReportPage.of(report, folder));
  }

  private static void write(String name, String page) throws IOException {
    assertThat(page).contains(DARK);
    Files.writeString(folder.resolve(name + ".html"), page);
    Files.writeString(folder.resolve(name + "-dark.html"), page.replace(DARK, "all"));
    for (int width : List.of(PHONE, DESKTOP)) {
      LOOKS.add(new Look(name, width, false));
      LOOKS.add(new Look(name, width, true));
    }
  }

  private static List<String> command(Path script) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Dglass.platform=Monocle",
            "-Dmonocle.platform=Headless",
            "-Dprism.order=sw",
            "-Djava.awt.headless=true",
            "-Djavafx.cachedir=" + folder.resolve("natives")));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Browser.class.getName(), script.toString()));
    for (Look look : LOOKS) {
      command.addAll(List.of(look.file().toString(), Integer.toString(look.width())));
    }
    return command;
  }

  static Stream<Look> looks() {
    return LOOKS.stream();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void nothingSticksOutOfTheScreen(Look look) throws JsonProcessingException {
    JsonNode found = look.found();
    assertThat(found.get("width").asInt()).isEqualTo(look.width());
    assertThat(found.get("scrollWidth").asInt()).as(found.toString()).isEqualTo(look.width());
    assertThat(found.get("outside")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void everyTextStandsOutFromWhatIsBehindIt(Look look) throws JsonProcessingException {
    JsonNode found = look.found();
    assertThat(found.get("texts").asInt()).isGreaterThan(20);
    assertThat(found.get("faint")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void aDarkScreenGetsLightTextAndALightOneDarkText(Look look) throws JsonProcessingException {
    JsonNode found = look.found();
    double background = found.get("background").asDouble();
    double text = found.get("text").asDouble();
    assertThat(look.dark() ? background : text).isLessThan(0.05);
    assertThat(look.dark() ? text : background).isGreaterThan(0.7);
  }

  @Test
  void allSectionsAreThereAndSeen() throws JsonProcessingException {
    assertThat(new Look("failing", PHONE, false).found().get("sections"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "causes", "failures", "compared", "subject-0", "subject-1", "differences", "replay");
  }
}
