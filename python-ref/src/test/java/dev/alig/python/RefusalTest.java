package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.BAD_REQUEST;
import static dev.alig.python.EnvironmentException.Problem.CACHE_UNUSABLE;
import static dev.alig.python.EnvironmentException.Problem.DISK_FULL;
import static dev.alig.python.EnvironmentException.Problem.NO_COMPILER;
import static dev.alig.python.EnvironmentException.Problem.NO_JDK;
import static dev.alig.python.EnvironmentException.Problem.NO_LIBPYTHON;
import static dev.alig.python.EnvironmentException.Problem.NO_PYTHON;
import static dev.alig.python.EnvironmentException.Problem.NO_PYTHON_HEADERS;
import static dev.alig.python.EnvironmentException.Problem.NO_VENV_MODULE;
import static dev.alig.python.EnvironmentException.Problem.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alig.python.EnvironmentException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new environment needs and lacks is said before anything is downloaded. */
final class RefusalTest {
  @TempDir Path folder;

  @Test
  void anUnknownInterpreterIsNamed() {
    refuses(
        Requests.on(Path.of("no-such-python"), folder), NO_PYTHON, "no-such-python", "-Dpython");
  }

  @Test
  void aProgramThatIsNoPythonIsNoPython() throws IOException {
    Path other = FakePython.script(folder.resolve("other"), "echo hello\n");
    refuses(Requests.on(other, folder), NO_PYTHON, other.toString(), "-Dpython");
  }

  @Test
  void anOldInterpreterIsNamedWithItsVersion() throws IOException {
    Path old = FakePython.complete().with("version", "3.10.14").at(folder.resolve("old"));
    refuses(Requests.on(old, folder), TOO_OLD, old + " is 3.10.14", "-Dpython");
  }

  @Test
  void anOldInterpreterIsPassedOverForTheNextName() throws IOException {
    Path old = FakePython.complete().with("version", "3.9.2").at(folder.resolve("python3"));
    Path next = FakePython.complete().at(folder.resolve("python"));
    Interpreters interpreters = new Interpreters(new Shell(System.getenv()));
    assertThat(interpreters.firstNewEnough(List.of(old.toString(), next.toString())).version())
        .isEqualTo("3.12.1");
  }

  @Test
  void aMissingVenvModuleNamesThePackageToInstall() throws IOException {
    refuses(
        FakePython.complete().with("ensurepip", "False"),
        NO_VENV_MODULE,
        "ensurepip",
        "python3-venv");
  }

  @Test
  void aMissingCompilerIsNamed() throws IOException {
    refuses(FakePython.complete().without("compiler"), NO_COMPILER, "gcc -pthread", "CC");
  }

  @Test
  void aRealInterpreterReportsACompilerThatTheVariableCcNamesInVain() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put("CC", "no-such-compiler -O2");
    EnvironmentRequest request =
        Requests.request(
            Requests.tiny(folder, folder).python(),
            folder.resolve("cache"),
            Path.of(System.getProperty("java.home")),
            Requests.TINY,
            variables);
    refuses(request, NO_COMPILER, "no-such-compiler -O2", "CC");
  }

  @Test
  void missingPythonHeadersNameThePackageToInstall() throws IOException {
    refuses(FakePython.complete().without("header"), NO_PYTHON_HEADERS, "Python.h", "python3-dev");
  }

  @Test
  void anInterpreterWithoutSharedLibraryIsRefused() throws IOException {
    refuses(FakePython.complete().without("libpython"), NO_LIBPYTHON, "libpython", "python3-dev");
  }

  @Test
  void aJreIsNoJdk() throws IOException {
    Path jre = Files.createDirectory(folder.resolve("jre"));
    Path python = FakePython.complete().at(folder.resolve("python3"));
    EnvironmentRequest request =
        Requests.request(
            Optional.of(python.toString()), folder, jre, Requests.TINY, System.getenv());
    refuses(request, NO_JDK, jre + " lacks include", "JAVA_HOME");
  }

  @Test
  void aFullDiskIsFoundBeforeAnythingIsInstalled() throws IOException {
    Requirements huge = new Requirements(Requests.TINY.lines(), 9_000_000_000_000_000L);
    Path python = FakePython.complete().at(folder.resolve("python3"));
    Path jdk = Path.of(System.getProperty("java.home"));
    EnvironmentRequest request =
        Requests.request(
            Optional.of(python.toString()), folder.resolve("cache"), jdk, huge, System.getenv());
    refuses(request, DISK_FULL, "needs about 9000000.0 GB", "-Dpython.cache");
  }

  @Test
  void aCacheThatIsAFileIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path python = FakePython.complete().at(folder.resolve("python3"));
    refuses(Requests.on(python, file), CACHE_UNUSABLE, file.toString(), "-Dpython.cache");
  }

  @Test
  void aRefusedEnvironmentLeavesNoFolderBehind() throws IOException {
    Path cache = folder.resolve("cache");
    Path python = FakePython.complete().without("compiler").at(folder.resolve("python3"));
    refuses(Requests.on(python, cache), NO_COMPILER, "gcc", "CC");
    try (var attempts = Files.find(cache, 2, (path, is) -> path.endsWith("1"))) {
      assertThat(attempts).isEmpty();
    }
  }

  @Test
  void aTorchVersionThatIsNoneIsNamed() {
    EnvironmentException refusal =
        catchThrowableOfType(EnvironmentException.class, () -> Requests.TINY.withTorch("latest"));
    assertThat(refusal.problem()).isEqualTo(BAD_REQUEST);
    assertThat(refusal).hasMessageContainingAll("'latest'", "-Dtorch.version=2.15.0");
  }

  private void refuses(FakePython python, Problem problem, String what, String remedy)
      throws IOException {
    Path cache = folder.resolve("cache");
    refuses(Requests.on(python.at(folder.resolve("python3")), cache), problem, what, remedy);
  }

  private static void refuses(
      EnvironmentRequest request, Problem problem, String what, String remedy) {
    EnvironmentException refusal =
        catchThrowableOfType(
            EnvironmentException.class, () -> PythonEnvironment.prepare(request, line -> {}));
    assertThat(refusal.problem()).isEqualTo(problem);
    assertThat(refusal.what()).contains(what);
    assertThat(refusal.remedy()).contains(remedy);
  }
}
