package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.SpecialPoint;
import dev.alig.conformance.cases.SpecialSlot;
import dev.alig.conformance.cases.SpecialValue;
import dev.alig.conformance.cases.SpecialValues;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final SpecialPoint BAD_EPS =
      new SpecialPoint(
          DType.FLOAT,
          SpecialPoint.Momentum.NONE,
          LossKind.FLOAT,
          Map.of(SpecialSlot.EPS, SpecialValue.NAN));

  /** A subject that calls every case inapplicable and does something of its own when run. */
  private record Refusing(Supplier<RuntimeException> thrown) implements Implementation {
    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public Trace run(StepCase scripted) {
      throw thrown.get();
    }

    @Override
    public Optional<String> inapplicable(StepCase scripted) {
      return Optional.of("so it says");
    }
  }

  private static boolean refuses(Supplier<RuntimeException> thrown) {
    return Refusal.of(BAD_EPS, BAD_EPS.scripted(), new Refusing(thrown)).isEmpty();
  }

  @Test
  void anExceptionThatNamesTheSettingIsARefusal() {
    assertThat(refuses(() -> new IllegalArgumentException("eps must be >= 0, was NaN"))).isTrue();
  }

  @Test
  void anExceptionThatNamesAnotherSettingIsNone() {
    assertThat(refuses(() -> new IllegalArgumentException("radius must be >= 0"))).isFalse();
  }

  @Test
  void anotherExceptionIsNone() {
    assertThat(refuses(() -> new IllegalStateException("eps must be >= 0, was NaN"))).isFalse();
  }

  @Test
  void runningTheCaseAllTheSameIsNone() {
    Implementation willing =
        new Implementation() {
          @Override
          public String name() {
            return "willing";
          }

          @Override
          public Trace run(StepCase scripted) {
            return new ExactOracle().run(scripted);
          }
        };
    assertThat(Refusal.of(BAD_EPS, BAD_EPS.scripted(), willing))
        .hasValueSatisfying(verdict -> assertThat(verdict.toString()).contains("no exception"));
  }

  @Test
  void theNd4jOptimizerRefusesWhatItCallsInapplicable() {
    Nd4jSubject subject = new Nd4jSubject();
    long refused = 0;
    for (SpecialPoint point : SpecialValues.pairs(1).subList(0, 2000)) {
      StepCase scripted = point.scripted();
      if (subject.inapplicable(scripted).isPresent()) {
        refused++;
        assertThat(Refusal.of(point, scripted, subject)).isEmpty();
      }
    }
    assertThat(refused).isGreaterThan(500);
  }
}
