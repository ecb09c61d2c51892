package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.BAD_REQUEST;
import static dev.alig.python.EnvironmentException.Problem.NOT_AN_ENVIRONMENT;
import static dev.alig.python.EnvironmentException.Problem.NO_LIBPYTHON;
import static dev.alig.python.EnvironmentException.Problem.PACKAGE_MISSING;
import static dev.alig.python.EnvironmentException.Problem.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alig.python.EnvironmentException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An environment that the user brings is used as it is, after a look at what it has. */
final class GivenEnvironmentTest {
  @TempDir Path folder;

  @Test
  void aCompleteEnvironmentIsUsedAsItIs() throws IOException {
    Path home = FakePython.inEnvironment().atEnvironment(folder.resolve("env"));
    PythonEnvironment environment = prepare(home, Optional.of("2.15.0"));
    assertThat(environment.home()).isEqualTo(home);
    assertThat(environment.jepLibrary()).isEqualTo(Path.of("/fake/site-packages/jep/libjep.so"));
    assertThat(environment.sitePackages()).containsExactly(Path.of("/fake/site-packages"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch", "numpy", "jep"})
  void aMissingPackageIsNamedWithTheCommandThatInstallsIt(String name) throws IOException {
    refuses(
        FakePython.inEnvironment().without("package." + name),
        PACKAGE_MISSING,
        "lacks " + name,
        "-m pip install " + name + "==");
  }

  @Test
  void aJepWithoutNativeLibraryIsRefused() throws IOException {
    refuses(
        FakePython.inEnvironment().without("jep"),
        PACKAGE_MISSING,
        "no native library",
        "--force-reinstall jep");
  }

  @Test
  void anotherTorchThanTheOneAskedForIsRefused() throws IOException {
    Path home = FakePython.inEnvironment().atEnvironment(folder.resolve("env"));
    EnvironmentException refusal = refusal(home, Optional.of("2.6.0"));
    assertThat(refusal).hasMessageContaining("has torch 2.15.0, not 2.6.0");
  }

  @Test
  void aMissingLibpythonIsNamed() throws IOException {
    refuses(FakePython.inEnvironment().without("libpython"), NO_LIBPYTHON, "libpython", "python3");
  }

  @Test
  void anOldInterpreterIsRefused() throws IOException {
    refuses(FakePython.inEnvironment().with("version", "3.10.1"), TOO_OLD, "has 3.10.1", "newer");
  }

  @Test
  void aFolderWithoutPyvenvCfgIsNoEnvironment() {
    EnvironmentException refusal = refusal(folder, Optional.empty());
    assertThat(refusal.problem()).isEqualTo(NOT_AN_ENVIRONMENT);
    assertThat(refusal).hasMessageContainingAll(folder.toString(), "pyvenv.cfg", "-m venv");
  }

  @Test
  void aBrokenInterpreterIsNoEnvironment() throws IOException {
    FakePython.script(Interpreters.executable(folder), "exit 1\n");
    Files.createFile(folder.resolve("pyvenv.cfg"));
    assertThat(refusal(folder, Optional.empty()).problem()).isEqualTo(NOT_AN_ENVIRONMENT);
  }

  @Test
  void anInterpreterAndAnEnvironmentExcludeEachOther() {
    Properties system = new Properties();
    system.putAll(System.getProperties());
    system.putAll(Map.of("python", "python3", "python.env", "env"));
    EnvironmentException refusal =
        catchThrowableOfType(
            EnvironmentException.class, () -> EnvironmentRequest.from(system, Map.of()));
    assertThat(refusal.problem()).isEqualTo(BAD_REQUEST);
  }

  private void refuses(FakePython python, Problem problem, String what, String remedy)
      throws IOException {
    EnvironmentException refusal =
        refusal(python.atEnvironment(folder.resolve("env")), Optional.empty());
    assertThat(refusal.problem()).isEqualTo(problem);
    assertThat(refusal).hasMessageContainingAll(what, remedy);
  }

  private EnvironmentException refusal(Path home, Optional<String> torchVersion) {
    return catchThrowableOfType(EnvironmentException.class, () -> prepare(home, torchVersion));
  }

  private PythonEnvironment prepare(Path home, Optional<String> torchVersion) {
    return PythonEnvironment.prepare(
        Requests.given(home, folder.resolve("cache"), torchVersion), line -> {});
  }
}
