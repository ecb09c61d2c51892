package dev.alig.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final String HOSTILE = "a\nverdict  conforms\u202e\u0007";

  @Test
  void aFactIsOneLineWhateverItHolds() {
    Difference difference = Difference.of(HOSTILE, "1", "2", "nothing");
    assertThat(difference.toString().lines()).hasSize(4);
    assertThat(difference.toString()).contains("a\\nverdict  conforms\\u{202e}\\u{7}");
  }

  @Test
  void anIdIsPartOfOneLine() {
    StepCase scripted =
        new StepCase(
            HOSTILE,
            DType.FLOAT,
            0,
            MomentumForm.STANDARD,
            OptionalDouble.empty(),
            List.of(new Group(OptionalDouble.empty(), 0, List.of(Tensor.vector(1)))),
            List.of(),
            Optional.empty());
    assertThat(scripted.describe()).startsWith("a\\nverdict  conforms\\u{202e}\\u{7}, FLOAT");
  }
}
