package dev.alig.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The system properties make the request. */
final class EnvironmentRequestTest {
  @Test
  void withoutSwitchesEverythingIsDefault() {
    EnvironmentRequest request = request(Map.of());
    assertThat(request.python()).isEmpty();
    assertThat(request.environment()).isEmpty();
    assertThat(request.wanted()).isEqualTo(Requirements.bundled());
  }

  @Test
  void anEmptySwitchIsAsGoodAsNone() {
    assertThat(request(Map.of("python", "", "python.env", " ", "torch.version", "")))
        .isEqualTo(request(Map.of()));
  }

  @Test
  void theSwitchesAreTaken() {
    EnvironmentRequest request =
        request(Map.of("python", "python3.12", "torch.version", "2.6.0", "python.cache", "/c"));
    assertThat(request.python()).contains("python3.12");
    assertThat(request.wanted().line("torch")).contains("torch==2.6.0");
    assertThat(request.cache()).isEqualTo(Path.of("/c"));
  }

  @Test
  void theBundledRequirementsPinWhatTheGateNeeds() {
    assertThat(Requirements.bundled().lines())
        .anyMatch(line -> line.startsWith("torch=="))
        .anyMatch(line -> line.startsWith("numpy=="))
        .anyMatch(line -> line.startsWith("jep=="));
  }

  @Test
  void commentsAreNoRequirements() {
    assertThat(new Requirements(List.of("# all", "a==1  # why", "", "b"), 0).lines())
        .containsExactly("a==1", "b");
  }

  @Test
  void torchBefore23TakesNumpy1() {
    assertThat(Requests.TINY.withTorch("2.2.2").line("numpy")).contains("numpy<2");
  }

  @Test
  void torch23KeepsThePinOfNumpy() {
    assertThat(Requests.TINY.withTorch("2.3.0").line("numpy")).contains("numpy==2.4.6");
  }

  @Test
  void onLinuxTheCacheIsWhereXdgSays() {
    assertThat(CacheFolder.of("Linux", "/home/u", Map.of("XDG_CACHE_HOME", "/x")))
        .isEqualTo(Path.of("/x/alig-jvm/python"));
  }

  @Test
  void onLinuxTheCacheIsInTheHomeFolderOtherwise() {
    assertThat(CacheFolder.of("Linux", "/home/u", Map.of("XDG_CACHE_HOME", "")))
        .isEqualTo(Path.of("/home/u/.cache/alig-jvm/python"));
  }

  @Test
  void onMacOsTheCacheIsInTheLibrary() {
    assertThat(CacheFolder.of("Mac OS X", "/Users/u", Map.of()))
        .isEqualTo(Path.of("/Users/u/Library/Caches/alig-jvm/python"));
  }

  @Test
  void onWindowsTheCacheIsInLocalAppData() {
    assertThat(CacheFolder.of("Windows 11", "/u", Map.of("LOCALAPPDATA", "/local")))
        .isEqualTo(Path.of("/local/alig-jvm/python"));
  }

  private static EnvironmentRequest request(Map<String, String> switches) {
    Properties system = new Properties();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (!name.startsWith("python") && !name.equals("torch.version")) {
        system.setProperty(name, System.getProperty(name));
      }
    }
    system.putAll(switches);
    return EnvironmentRequest.from(system, Map.of());
  }
}
