package dev.alig.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options of(Optional<Path> data, OptionalInt epochs, int threads) {
    return new Options(
        data, Backend.TENSORFLOW, 1, epochs, OptionalInt.empty(), OptionalInt.empty(), threads);
  }

  @Test
  void countsBelowOneAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Optional.empty(), OptionalInt.of(0), 1))
        .withMessage("--epochs must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Optional.empty(), OptionalInt.empty(), 0))
        .withMessage("--threads must be >= 1, was 0");
  }

  @Test
  void dataThatWereNotGivenAreAskedFor() throws InputException {
    Path folder = Path.of("data");
    assertThat(of(Optional.of(folder), OptionalInt.empty(), 1).requireData()).isEqualTo(folder);
    assertThatThrownBy(() -> of(Optional.empty(), OptionalInt.empty(), 1).requireData())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--data DIR");
  }
}
