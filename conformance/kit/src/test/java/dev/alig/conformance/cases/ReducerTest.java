package dev.alig.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReducerTest {
  @Property(tries = 50)
  void aFailureInOneElementShrinksToOneStepAndOneElement(@ForAll("cases") StepCase scripted) {
    StepCase smallest = Reducer.reduce(scripted, ReducerTest::hasNan);
    if (hasNan(scripted)) {
      assertThat(hasNan(smallest)).isTrue();
      assertThat(smallest.steps()).hasSize(1);
      assertThat(smallest.groups()).hasSize(1);
      assertThat(smallest.radius()).isEmpty();
      assertThat(smallest.groups().get(0).parameters())
          .singleElement()
          .satisfies(tensor -> assertThat(tensor.size()).isOne());
    } else {
      assertThat(smallest).isEqualTo(scripted);
    }
  }

  @Provide
  Arbitrary<StepCase> cases() {
    return Cases.ordinary().withSeveralGroups().withBall().withSpecial(Double.NaN).arbitrary();
  }

  private static boolean hasNan(StepCase scripted) {
    return scripted.steps().stream()
        .flatMap(step -> step.gradients().stream())
        .flatMap(group -> group.stream().flatMap(Optional::stream))
        .anyMatch(ReducerTest::hasNan);
  }

  private static boolean hasNan(Tensor tensor) {
    for (int e = 0; e < tensor.size(); e++) {
      if (Double.isNaN(tensor.get(e))) {
        return true;
      }
    }
    return false;
  }
}
