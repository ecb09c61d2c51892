package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.NO_SUCH_VERSION;
import static dev.alig.python.EnvironmentException.Problem.REGISTRY_UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real environment, made by the real interpreter from packages that are empty. */
final class NewEnvironmentTest {
  @TempDir static Path folder;
  private static Path index = Path.of("");
  private static EnvironmentRequest request = Requests.tiny(index, index);

  @BeforeAll
  static void prepareOne() throws IOException {
    index = TinyIndex.in(folder.resolve("index"));
    request = Requests.tiny(folder.resolve("cache"), index);
    PythonEnvironment.prepare(request, line -> {});
  }

  @Test
  void theSecondPrepareIsSilentAndGivesTheSame() {
    List<String> said = new ArrayList<>();
    PythonEnvironment again = PythonEnvironment.prepare(request, said::add);
    assertThat(again.describe()).isEqualTo(prepared().describe());
    assertThat(said).isEmpty();
  }

  @Test
  void everyPathItNamesExists() {
    PythonEnvironment environment = prepared();
    assertThat(environment.python()).isExecutable();
    assertThat(environment.libpython()).isRegularFile();
    assertThat(environment.jepLibrary()).isRegularFile();
    assertThat(environment.modulePath()).isNotEmpty().allMatch(Files::isDirectory);
  }

  @Test
  void theCacheKnowsWhatItHolds() {
    assertThat(CachedEnvironments.find(request)).contains(prepared().home());
    assertThat(CachedEnvironments.find(request.withTorch("2.14.1"))).isEmpty();
    assertThat(CachedEnvironments.freeBytes(request)).isPositive();
    assertThat(prepared().installed("torch")).contains("2.15.0");
  }

  @Test
  void whatASetUpTookIsKnown() {
    assertThat(CachedEnvironments.neededBytes(request)).isGreaterThan(prepared().diskBytes() / 2);
  }

  @Test
  void theSourcesAreThoseOfThisModule() {
    assertThat(prepared().sources().resolve("alig/th/__init__.py"))
        .hasSameBinaryContentAs(Path.of("src/alig/th/__init__.py"));
  }

  @Test
  void anotherJdkSharesThePackagesAndHasItsOwnJep() throws IOException {
    PythonEnvironment other =
        PythonEnvironment.prepare(
            Requests.request(
                request.python(), request.cache(), otherJdk(), Requests.TINY, request.variables()),
            line -> {});
    assertThat(other.home()).isEqualTo(prepared().home());
    assertThat(other.jepLibrary()).isNotEqualTo(prepared().jepLibrary()).exists();
  }

  @Test
  void commandsRunInTheEnvironmentWithTheSourcesFirst() throws Exception {
    List<String> lines = runPython("import sys; print(sys.prefix); print(sys.path[1])");
    assertThat(lines)
        .containsExactly(
            prepared().home().toRealPath().toString(), prepared().sources().toString());
  }

  @Test
  void commandsDoNotSeeTheUsersPythonPath() throws Exception {
    Map<String, String> variables = new HashMap<>(request.variables());
    variables.putAll(Map.of("PYTHONPATH", "/elsewhere", "PYTHONHOME", "/nowhere"));
    Process python =
        PythonEnvironment.prepare(
                Requests.request(
                    request.python(), request.cache(), request.jdk(), Requests.TINY, variables),
                line -> {})
            .command(List.of(), List.of("-c", "import sys; print('/elsewhere' in sys.path)"))
            .start();
    assertThat(Java.end(python)).isEqualTo(new Java.Ended(0, List.of("False")));
  }

  @Test
  void theToolsOfTheEnvironmentComeFirstOnThePath() throws Exception {
    List<String> lines = runPython("import os; print(os.environ['PATH'])");
    assertThat(lines.get(0))
        .startsWith(prepared().python().resolveSibling("") + File.pathSeparator);
  }

  @Test
  void aRegistryThatCannotBeReachedIsReported() {
    EnvironmentException failure =
        failureOf(
            "torch==2.15.0",
            Map.of("PIP_INDEX_URL", "http://127.0.0.1:1/simple", "PIP_RETRIES", "1"));
    assertThat(failure.problem()).isEqualTo(REGISTRY_UNREACHABLE);
    assertThat(failure).hasMessageContainingAll("127.0.0.1", "https_proxy", "-Dpython.env");
  }

  @Test
  void aVersionThatDoesNotExistIsReportedWithThoseThatDo() {
    EnvironmentException failure = failureOf("torch==9.9", Map.of("PIP_NO_INDEX", "1"));
    assertThat(failure.problem()).isEqualTo(NO_SUCH_VERSION);
    assertThat(failure).hasMessageContainingAll("torch==9.9", "it offers 2.15.0");
  }

  private static PythonEnvironment prepared() {
    return PythonEnvironment.prepare(request, line -> {});
  }

  private static List<String> runPython(String code) throws Exception {
    PythonEnvironment environment = prepared();
    return Java.end(
            environment.command(List.of(environment.sources()), List.of("-c", code)).start())
        .lines();
  }

  private static EnvironmentException failureOf(String requirement, Map<String, String> pip) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.putAll(pip);
    variables.put("PIP_FIND_LINKS", pip.containsKey("PIP_NO_INDEX") ? index.toString() : "");
    Pip pipOf = new Pip(new Shell(variables), line -> {}, folder.resolve("failure.log"));
    return catchThrowableOfType(
        EnvironmentException.class,
        () ->
            pipOf.install(
                "installing",
                prepared().python(),
                folder,
                Map.of(),
                List.of("--ignore-installed", "--no-deps", requirement)));
  }

  private static Path otherJdk() throws IOException {
    Path jdk = folder.resolve("jdk");
    Files.createDirectories(jdk.resolve("include"));
    Files.createDirectories(jdk.resolve("bin"));
    Files.createFile(jdk.resolve("include/jni.h"));
    Files.createFile(jdk.resolve("bin/javac"));
    return jdk;
  }
}
