package dev.alig.conformance.differences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.differences.Finding.Holds;
import dev.alig.conformance.differences.Finding.Stale;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries about TensorFlow go stale if its traces stop showing what they describe. */
class StaleWithoutPeculiarTensorFlowTest {
  private static final List<Recorded> SHIPPED = TraceFile.shipped();
  private static final List<Recorded> LIKE_TORCH =
      traces(StaleWithoutPeculiarTensorFlowTest::likeTorch);

  private static Finding ask(String id, List<Recorded> traces) {
    Parties scene =
        new Parties(new Ideal("nd4j"), Optional.empty(), Optional.empty(), traces, false);
    return Objects.requireNonNull(Checks.all().get(id), id).ask(scene);
  }

  /** The shipped traces, those of TensorFlow as if it had done otherwise. */
  private static List<Recorded> traces(UnaryOperator<Recorded> otherwise) {
    return SHIPPED.stream()
        .map(recorded -> recorded.origin() == Origin.TF ? otherwise.apply(recorded) : recorded)
        .toList();
  }

  /** TensorFlow as if it did what PyTorch does, from the first step on. */
  private static Recorded likeTorch(Recorded recorded) {
    StepCase scripted = recorded.scripted();
    Group group = scripted.groups().get(0);
    double given = Double.parseDouble(Float.toString((float) group.momentum()));
    StepCase asGiven =
        scripted.withGroups(List.of(new Group(group.maxLearningRate(), given, group.parameters())));
    return new Recorded(recorded.origin(), scripted, new ExactOracle().run(asGiven));
  }

  /** TensorFlow as if it clipped to 0 with and without a cap. */
  private static Recorded clipped(Recorded recorded) {
    Trace trace = recorded.trace();
    List<TracedStep> steps =
        trace.steps().stream()
            .map(
                step -> {
                  double size = Math.max(0.0, step.stepSizes().get(0));
                  return new TracedStep(size, Collections.nCopies(1, size), size, step.after());
                })
            .toList();
    return new Recorded(
        recorded.origin(),
        recorded.scripted(),
        new Trace(trace.constructed(), steps, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "negative-loss-with-cap",
        "negative-loss-without-cap",
        "tf-momentum-in-float32",
        "tf-flushes-denormals",
        "tf-without-fma"
      })
  void anEntryHoldsInTheTracesAndGoesStaleIfTheyAreLikePyTorch(String id) {
    assertThat(ask(id, SHIPPED)).isInstanceOf(Holds.class);
    assertThat(ask(id, LIKE_TORCH)).isInstanceOf(Stale.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"negative-loss-without-cap", "java-stops-without-cap"})
  void anEntryGoesStaleIfTensorFlowAlwaysClips(String id) {
    assertThat(ask(id, SHIPPED)).isInstanceOf(Holds.class);
    assertThat(ask(id, traces(StaleWithoutPeculiarTensorFlowTest::clipped)))
        .isInstanceOf(Stale.class);
  }

  @Test
  void entriesGoStaleWithoutTraces() {
    assertThat(ask("tf-without-fma", List.of())).isInstanceOf(Stale.class);
    assertThat(ask("negative-loss-with-cap", List.of())).isInstanceOf(Stale.class);
  }
}
