package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Executors with other bits do not go unnoticed. */
class CanariesTest {
  private static final String MESSAGE =
      "executor 0 and executor 2 compute different bits from the same data";

  private final List<String> logged = new ArrayList<>();

  @Test
  void executorsThatDifferAreRefusedIfAskedFor() {
    Canaries canaries = new Canaries(UnequalExecutors.REFUSE, logged::add);
    canaries.add(7, "executor 0");
    canaries.add(7, "executor 1");
    assertThatIllegalStateException()
        .isThrownBy(() -> canaries.add(8, "executor 2"))
        .withMessageContaining(MESSAGE);
    assertThat(canaries.first()).isEqualTo(7);
  }

  @Test
  void otherwiseAWarningIsLoggedOnce() {
    Canaries canaries = new Canaries(UnequalExecutors.WARN, logged::add);
    canaries.add(7, "executor 0");
    canaries.add(7, "executor 1");
    assertThat(logged).isEmpty();
    canaries.add(8, "executor 2");
    canaries.add(8, "executor 2");
    assertThat(logged).hasSize(1);
    assertThat(logged.get(0)).startsWith(MESSAGE);
  }
}
