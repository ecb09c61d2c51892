package dev.alig.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The answer of {@code pip index versions}. */
final class RegistryTest {
  @Test
  void theVersionsAreThoseOfTheLine() {
    assertThat(
            Registry.parse(
                List.of(
                    "WARNING: pip index is currently an experimental command.",
                    "torch (2.15.0)",
                    "Available versions: 2.15.0, 2.14.1,  2.2.2",
                    "  INSTALLED: 2.15.0")))
        .contains(List.of("2.15.0", "2.14.1", "2.2.2"));
  }

  @Test
  void buildsOfOneReleaseAreOne() {
    assertThat(Registry.parse(List.of("Available versions: 2.15.0+cu132, 2.15.0+cpu, 2.14.1")))
        .contains(List.of("2.15.0", "2.14.1"));
  }

  @Test
  void noLineIsNoAnswer() {
    assertThat(Registry.parse(List.of("ERROR: No matching distribution found for torch")))
        .isEmpty();
  }
}
