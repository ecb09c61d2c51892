package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The commands take what the messages about the Python environment recommend. */
class PythonPropertiesTest {
  private final Properties before = (Properties) System.getProperties().clone();

  @Command(name = "command")
  private static final class Any {
    @Mixin private PythonProperties properties;

    Any(Map<String, String> refused) {
      properties = new PythonProperties(refused);
    }

    static void run(Map<String, String> refused, String... arguments) {
      Any command = new Any(refused);
      new CommandLine(command).parseArgs(arguments);
      command.properties.apply();
    }
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  @Test
  void eachIsSetAsMavenDoes() {
    Any.run(Map.of(), "-Dpython.cache=/c=1", "-Dpython=python3.12", "-Dtorch.version=2.6.0");
    assertThat(System.getProperty("python.cache")).isEqualTo("/c=1");
    assertThat(System.getProperty("python")).isEqualTo("python3.12");
    assertThat(System.getProperty("torch.version")).isEqualTo("2.6.0");
  }

  @Test
  void nothingIsSetUnlessGiven() {
    Any.run(Map.of());
    assertThat(System.getProperties()).isEqualTo(before);
  }

  @Test
  void whatNothingReadsIsRefusedWithWhatIsRead() {
    assertThatThrownBy(() -> Any.run(Map.of(), "-Dpython.cahce=/c"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("-Dpython.cahce: there are [-Dpython, -Dpython.env, -Dpython.cache,")
        .hasMessageContaining("--help");
    assertThatThrownBy(() -> Any.run(Map.of(), "-Dconformance.tries=3"))
        .hasMessageContaining("-Dconformance.tries");
  }

  @Test
  void whatACommandCannotTakeIsRefusedWithTheReason() {
    Map<String, String> refused = Map.of("python.env", "leave it out");
    assertThatThrownBy(() -> Any.run(refused, "-Dpython.env=e"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("-Dpython.env: leave it out");
    Any.run(refused, "-Dpython.cache=/c");
    assertThat(System.getProperty("python.cache")).isEqualTo("/c");
  }
}
