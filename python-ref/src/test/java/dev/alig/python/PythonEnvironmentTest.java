package dev.alig.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What Java makes of the answers of alig_setup; a script answers in its place. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the interpreters are shell scripts")
final class PythonEnvironmentTest {
  private static final String FACTS = "python=3.12.1\nhome=/e\ntorch=2.15.0\nlibpython=/l/lib.so\n";

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void progressIsPassedOnAndTheFactsAreTaken() throws IOException {
    PythonEnvironment environment = prepare(answering(FACTS + "python: working\nsites=/s:/t\n", 0));
    assertThat(said.toString(UTF_8)).isEqualTo("python: working" + System.lineSeparator());
    assertThat(environment.libpython()).isEqualTo(Path.of("/l/lib.so"));
    assertThat(environment.modulePath())
        .containsExactly(environment.sources(), Path.of("/s"), Path.of("/t"));
  }

  @Test
  void commandsRunAsInAnActivatedEnvironment() throws IOException {
    PythonEnvironment environment = prepare(answering(FACTS, 0));
    ProcessBuilder command = environment.command(List.of("-c", "x"));
    assertThat(command.command()).containsExactly("/e/bin/python", "-c", "x");
    assertThat(command.environment().get("PATH")).startsWith("/e/bin:");
    assertThat(command.environment()).containsEntry("VIRTUAL_ENV", "/e");
  }

  @Test
  void aHostFindsLibpython() throws IOException {
    Map<String, String> host = new TreeMap<>(Map.of("LD_LIBRARY_PATH", "/a", "PYTHONHOME", "/h"));
    prepare(answering(FACTS, 0)).prepareHost(host);
    assertThat(host).containsEntry("LD_LIBRARY_PATH", "/l:/a").doesNotContainKey("PYTHONHOME");
  }

  @Test
  void aFailureIsTwoLines() throws IOException {
    assertThat(refusal(answering("python=3.12.1\nwhat=no compiler\nremedy=apt\n", 1)))
        .hasMessage("no compiler" + System.lineSeparator() + "  remedy: apt");
  }

  @Test
  void aSetUpThatIsEndedIsReported() throws IOException {
    assertThat(refusal(answering("python=3.12.1\nMemoryError\n", 9)))
        .hasMessageContainingAll("status 9: MemoryError", "start the build again");
  }

  @Test
  void aProgramThatIsNoPythonAndOneThatIsMissingAreNamed() throws IOException {
    assertThat(refusal(answering("hello\n", 0))).hasMessageContaining("no Python answers to");
    assertThat(refusal(Path.of("no-such-python"))).hasMessageContaining("no-such-python");
  }

  @Test
  void anEnvironmentWithAnotherTorchThanAskedForIsRefused() throws IOException {
    Path python = answering(FACTS, 0);
    Path home = folder.resolve("env");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(python, SetUp.executable(home), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    EnvironmentRequest request =
        request(Map.of("python.env", home.toString(), "torch.version", "2.6.0"));
    assertThat(catchThrowableOfType(EnvironmentException.class, () -> prepare(request)))
        .hasMessageContaining("has torch 2.15.0, not 2.6.0");
  }

  @Test
  void theSourcesAreAlsoReadFromAJar() throws IOException {
    Path jar = folder.resolve("alig-python.jar");
    Path classes = Path.of("target/classes");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
    Path sources = Sources.unpacked(jar, folder);
    assertThat(sources.resolve("alig/th/__init__.py"))
        .hasSameBinaryContentAs(Path.of("src/alig/th/__init__.py"));
    assertThat(sources.resolve("requirements.lock")).isRegularFile();
    assertThat(Sources.unpacked(jar, folder)).isEqualTo(sources);
  }

  private EnvironmentException refusal(Path python) {
    return catchThrowableOfType(EnvironmentException.class, () -> prepare(python));
  }

  private PythonEnvironment prepare(Path python) {
    return prepare(request(Map.of("python", python.toString())));
  }

  private PythonEnvironment prepare(EnvironmentRequest request) {
    return PythonEnvironment.prepare(request, new PrintStream(said, true, UTF_8));
  }

  private EnvironmentRequest request(Map<String, String> properties) {
    return new EnvironmentRequest(properties, System.getenv())
        .with("python.cache", folder.resolve("cache").toString());
  }

  private Path answering(String answer, int status) throws IOException {
    Path file = Files.createTempFile(folder, "python", "");
    Files.writeString(file, "#!/bin/sh\ncat <<'END'\n%sEND\nexit %d\n".formatted(answer, status));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
