package dev.alig.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The system properties make the request. */
final class EnvironmentRequestTest {
  @Test
  void anEmptySwitchIsAsGoodAsNone() {
    EnvironmentRequest request = request(Map.of("python.env", " ", "torch.version", ""));
    assertThat(request.environment()).isEmpty();
    assertThat(request.arguments()).isEmpty();
    assertThat(request.torch()).startsWith("2.");
  }

  @Test
  void theSwitchesAreHandedOn() {
    assertThat(request(Map.of("python", "p", "x", "y")).with("torch.version", "2.6.0").arguments())
        .containsExactly("-Dpython=p", "-Dtorch.version=2.6.0");
  }

  @Test
  void anInterpreterAndAnEnvironmentExcludeEachOther() {
    assertThatThrownBy(() -> request(Map.of("python", "python3", "python.env", "env")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("exclude each other");
  }

  @Test
  void variablesOfAnotherPythonAreLeftOut() {
    assertThat(new EnvironmentRequest(Map.of(), Map.of("PYTHONPATH", "/x", "A", "b")).variables())
        .containsExactly(Map.entry("A", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, XDG_CACHE_HOME, /x, /x/alig-jvm/python",
    "Linux, XDG_CACHE_HOME, '', /home/u/.cache/alig-jvm/python",
    "Mac OS X, XDG_CACHE_HOME, /x, /home/u/Library/Caches/alig-jvm/python",
    "Windows 11, LOCALAPPDATA, /local, /local/alig-jvm/python",
  })
  void theCacheLiesWhereTheSystemPutsThem(String os, String name, String value, Path cache) {
    Map<String, String> properties = Map.of("os.name", os, "user.home", "/home/u");
    assertThat(new EnvironmentRequest(properties, Map.of(name, value)).cache()).isEqualTo(cache);
  }

  private static EnvironmentRequest request(Map<String, String> properties) {
    return new EnvironmentRequest(properties, Map.of());
  }
}
