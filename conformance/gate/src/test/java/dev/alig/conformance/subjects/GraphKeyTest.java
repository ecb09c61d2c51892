package dev.alig.conformance.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.tensorflow.Semantics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What decides the graph of a step, and what is fed to it. */
class GraphKeyTest {
  private static final Tensor VECTOR = Tensor.vector(1, 2);
  private static final Tensor SCALAR = Tensor.of(List.of(), 3);
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void casesThatDifferInValuesAndShapesShareAGraph() {
    assertThat(pytorch(group(OptionalDouble.of(0.1), 0.9, VECTOR)))
        .isEqualTo(pytorch(group(OptionalDouble.of(7), 0.5, SCALAR, VECTOR)));
  }

  @Test
  void groupsInAnotherOrderShareAGraph() {
    Group still = group(NONE, 0, VECTOR);
    Group moving = group(NONE, 0.9, VECTOR);
    assertThat(pytorch(still, moving)).isEqualTo(pytorch(moving, still));
  }

  @Test
  void momentumDecides() {
    assertThat(pytorch(group(NONE, 0, VECTOR))).isNotEqualTo(pytorch(group(NONE, 0.9, VECTOR)));
  }

  @Test
  void anInfiniteCapClipsInTf1Alone() {
    Group infinite = group(OptionalDouble.of(Double.POSITIVE_INFINITY), 0, VECTOR);
    Group uncapped = group(NONE, 0, VECTOR);
    assertThat(pytorch(infinite)).isEqualTo(pytorch(uncapped));
    assertThat(key(Semantics.TF1, infinite)).isNotEqualTo(key(Semantics.TF1, uncapped));
  }

  private static GraphKey pytorch(Group... groups) {
    return key(Semantics.PYTORCH, groups);
  }

  private static GraphKey key(Semantics semantics, Group... groups) {
    List<List<Optional<Tensor>>> gradients =
        List.of(groups).stream()
            .map(group -> group.parameters().stream().map(Optional::of).toList())
            .toList();
    Step step = new Step(1, LossKind.TENSOR, gradients);
    StepCase scripted =
        new StepCase(
            "key",
            DType.FLOAT,
            1e-5,
            MomentumForm.ADJUSTED,
            NONE,
            List.of(groups),
            List.of(step),
            Optional.empty());
    return GraphKey.of(scripted, step, semantics);
  }

  private static Group group(OptionalDouble cap, double momentum, Tensor... parameters) {
    return new Group(cap, momentum, List.of(parameters));
  }
}
