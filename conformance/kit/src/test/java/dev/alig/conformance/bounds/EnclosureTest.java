package dev.alig.conformance.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.Worst;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;

/** The bounds hold for every implementation that the analysis is about, and are not loose. */
class EnclosureTest {
  private static final int CASES = 300;

  private final Map<DType, Worst> worst = new EnumMap<>(DType.class);
  private long numbers;

  @Test
  void holdInTorchsArithmetic() {
    holdFor(finite().arbitrary(), AliG.TORCH);
    for (DType dtype : DType.values()) {
      assertThat(worst.getOrDefault(dtype, Worst.NONE).ratio())
          .as("%s, closest to its bound", dtype)
          .isBetween(0.5, 1.0);
    }
    assertThat(numbers).isGreaterThan(10_000);
  }

  @Test
  void holdInTensorFlowsArithmetic() {
    for (MomentumForm form : MomentumForm.values()) {
      holdFor(finite().withMomentum(form).arbitrary(), AliG.TENSORFLOW);
    }
    assertThat(numbers).isGreaterThan(10_000);
  }

  /** Caps that keep squares within FLOAT's range; the imitation knows finite numbers only. */
  private static Cases finite() {
    return Cases.ordinary().withCapsOf(0.1, 10.0, 1e-3).withBall().withSteps(1, 6);
  }

  private void holdFor(Arbitrary<StepCase> cases, Algorithm algorithm) {
    long[] seed = {0};
    cases
        .sampleStream()
        .filter(c -> c.steps().stream().allMatch(Step::hasGradient))
        .limit(CASES)
        .forEach(scripted -> check(scripted, algorithm, seed[0]++));
  }

  private void check(StepCase scripted, Algorithm algorithm, long seed) {
    Trace trace = new ArbitraryRounding(algorithm, seed).run(scripted);
    Enclosure enclosure = new Enclosure(scripted, algorithm);
    BoundedState bounds = enclosure.constructed();
    check(scripted, bounds, trace.constructed());
    for (int k = 0; k < trace.steps().size(); k++) {
      BoundedStep step = enclosure.step(bounds, scripted.steps().get(k));
      check(scripted, step.unclipped(), trace.steps().get(k).unclipped());
      bounds = step.after();
      check(scripted, bounds, trace.steps().get(k).after());
    }
  }

  private void check(StepCase scripted, BoundedState bounds, State state) {
    for (int g = 0; g < state.parameters().size(); g++) {
      for (int i = 0; i < state.parameters().get(g).size(); i++) {
        check(scripted, bounds.parameters().get(g).get(i), state.parameters().get(g).get(i));
        Optional<Tensor> buffer = state.buffers().get(g).get(i);
        if (buffer.isPresent()) {
          check(scripted, bounds.buffers().get(g).get(i).orElseThrow(), buffer.get());
        }
      }
    }
  }

  private void check(StepCase scripted, List<Bounded> bounds, Tensor tensor) {
    for (int e = 0; e < tensor.size(); e++) {
      check(scripted, bounds.get(e), tensor.get(e));
    }
  }

  private void check(StepCase scripted, Bounded bound, double value) {
    numbers++;
    assertThat(bound.accepts(value)).as("%s: %s in %s", scripted.id(), value, bound).isTrue();
    OptionalDouble ratio = bound.ratio(value, scripted.dtype());
    if (ratio.isPresent()) {
      Worst compared = bound.compared(value, ratio.getAsDouble(), scripted.id());
      worst.merge(scripted.dtype(), compared, Worst::or);
    }
  }
}
