package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.AskedDifference.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencePropertiesTest {
  private static AskedDifference asked(String id, State state) {
    return new AskedDifference(
        id, List.of("one", "another"), "always", "nobody agreed", "", state, "3 of 4");
  }

  @Test
  void staleDifferencesFailWithTheFactsOfEach() {
    List<AskedDifference> asked =
        List.of(asked("holds", State.HOLDS), asked("a", State.STALE), asked("b", State.STALE));
    assertThatThrownBy(() -> DifferenceProperties.requireNoneStale(asked))
        .isInstanceOf(PropertyFailure.StaleDifferences.class)
        .hasMessageContaining("entry    a, between one and another")
        .hasMessageContaining("entry    b, between one and another")
        .hasMessageNotContaining("entry    holds");
  }

  @Test
  void differencesThatHoldOrWereNotAskedPass() {
    List<AskedDifference> asked = List.of(asked("a", State.HOLDS), asked("b", State.NOT_ASKED));
    assertThatCode(() -> DifferenceProperties.requireNoneStale(asked)).doesNotThrowAnyException();
  }
}
