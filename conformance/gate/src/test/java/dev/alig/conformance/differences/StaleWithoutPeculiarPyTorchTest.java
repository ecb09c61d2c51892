package dev.alig.conformance.differences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.differences.Finding.Holds;
import dev.alig.conformance.differences.Finding.NotAsked;
import dev.alig.conformance.differences.Finding.Stale;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries about PyTorch go stale if PyTorch stops what they describe. */
class StaleWithoutPeculiarPyTorchTest {
  private static final List<Recorded> SHIPPED = TraceFile.shipped();

  private static Finding ask(String id, Implementation subject, Implementation torch) {
    Parties scene = new Parties(subject, Optional.of(torch), Optional.empty(), SHIPPED, false);
    return Objects.requireNonNull(Checks.all().get(id), id).ask(scene);
  }

  private static Implementation torch(UnaryOperator<TracedStep> mistake) {
    return new Ideal("alig.th", mistake);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float-or-tensor-loss",
        "norm-of-many-elements",
        "projected-norm-above-radius",
        "norm-overflows-in-float32",
        "norm-underflows-in-float32",
        "zero-loss-over-a-denormal",
        "no-gradient-and-no-eps"
      })
  void anEntryGoesStaleIfPyTorchIsIdeal(String id) {
    assertThat(ask(id, new Ideal("nd4j"), new Ideal("alig.th"))).isInstanceOf(Stale.class);
  }

  @Test
  void kernelsThatFuseAreNotAskedAndThoseThatDoNeitherAreStale() {
    Implementation nd4j = new Ideal("nd4j");
    Implementation fuses = new Nd4jSubject();
    assertThat(ask("kernels-without-fma", nd4j, fuses)).isInstanceOf(NotAsked.class);
    // Computing in float64 is neither fused float32 nor separate float32.
    assertThat(ask("kernels-without-fma", nd4j, new Ideal("alig.th"))).isInstanceOf(Stale.class);
  }

  @Test
  void negativeLossGoesStaleIfPyTorchStops() {
    Implementation nd4j = new Ideal("nd4j");
    assertThat(ask("negative-loss-with-cap", nd4j, new Ideal("alig.th"))).isInstanceOf(Holds.class);
    assertThat(ask("negative-loss-with-cap", nd4j, torch(StaleWithoutPeculiarPyTorchTest::stopped)))
        .isInstanceOf(Stale.class);
  }

  @Test
  void negativeLossGoesStaleIfJavaStops() {
    Implementation java = new Ideal("nd4j", StaleWithoutPeculiarPyTorchTest::stopped);
    assertThat(ask("negative-loss-with-cap", java, new Ideal("alig.th"))).isInstanceOf(Stale.class);
  }

  @Test
  void optionsGoStaleIfPyTorchDoesTheSameByItself() {
    Implementation nd4j = new Ideal("nd4j");
    Implementation still = torch(step -> new TracedStep(0, List.of(0.0), 0, ones(step.after())));
    assertThat(ask("java-refuses-negative-loss", nd4j, new Ideal("alig.th")))
        .isInstanceOf(Holds.class);
    assertThat(ask("java-refuses-negative-loss", nd4j, still)).isInstanceOf(Stale.class);
    assertThat(ask("java-skips-non-finite", nd4j, new Ideal("alig.th"))).isInstanceOf(Holds.class);
    assertThat(ask("java-skips-non-finite", nd4j, still)).isInstanceOf(Stale.class);
    assertThat(ask("java-lower-bound", nd4j, still)).isInstanceOf(Stale.class);
  }

  @Test
  void whatIsAboutOurOptimizersIsNotAskedOfOthers() {
    assertThat(ask("float-or-tensor-loss", new Ideal("somebody's"), new Ideal("alig.th")))
        .isInstanceOf(NotAsked.class);
  }

  @Test
  void whatIsAboutPyTorchIsNotAskedWithoutIt() {
    Parties scene =
        new Parties(new Ideal("nd4j"), Optional.empty(), Optional.empty(), SHIPPED, false);
    List<String> asked =
        Checks.all().entrySet().stream()
            .filter(entry -> !(entry.getValue().ask(scene) instanceof NotAsked))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(asked)
        .containsExactly(
            "java-stops-without-cap",
            "negative-loss-with-cap",
            "negative-loss-without-cap",
            "tf-flushes-denormals",
            "tf-momentum-in-float32",
            "tf-without-fma");
  }

  private static State ones(State state) {
    List<List<Tensor>> parameters =
        state.parameters().stream()
            .map(group -> group.stream().map(p -> Tensor.vector(new double[] {1, 1})).toList())
            .toList();
    return new State(parameters, state.buffers());
  }

  private static TracedStep stopped(TracedStep step) {
    return new TracedStep(
        step.unclipped(),
        step.stepSizes().stream().map(size -> Math.max(size, 0)).toList(),
        step.mean(),
        step.after());
  }
}
