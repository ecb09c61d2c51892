package dev.alig.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StateTest {
  private static final Tensor SQUARE = Tensor.of(List.of(2, 2), 0, 0, 0, 0);
  private static final List<Group> GROUPS = List.of(group(0.9, SQUARE), group(0, SQUARE));

  private static Group group(double momentum, Tensor parameter) {
    return new Group(OptionalDouble.empty(), momentum, List.of(parameter));
  }

  @Test
  void arraysTakeTheShapesOfTheCaseAndBuffersStandJustWhereMomentumIs() {
    double[] first = {1, 2, 3, 4};
    double[] second = {5, 6, 7, 8};
    double[] buffer = {9, 10, 11, 12};
    State state =
        State.of(
            GROUPS,
            List.of(List.of(first), List.of(second)),
            List.of(List.of(buffer), List.of(buffer)));
    assertThat(state.parameters())
        .containsExactly(
            List.of(Tensor.of(List.of(2, 2), first)), List.of(Tensor.of(List.of(2, 2), second)));
    assertThat(state.buffers())
        .containsExactly(
            List.of(Optional.of(Tensor.of(List.of(2, 2), buffer))), List.of(Optional.empty()));
  }

  @Test
  void whatTheArraysBecomeLaterDoesNotReachTheState() {
    double[] live = {1, 2, 3, 4};
    List<List<double[]>> arrays = List.of(List.of(live), List.of(live));
    State state = State.of(GROUPS, arrays, arrays);
    live[0] = 5;
    assertThat(state.parameters().get(0).get(0).get(0)).isEqualTo(1);
    assertThat(state.buffers().get(0).get(0).orElseThrow().get(0)).isEqualTo(1);
  }

  @Test
  void anArrayOfAnotherSizeIsRefused() {
    List<List<double[]>> arrays = List.of(List.of(new double[4]), List.of(new double[3]));
    assertThatThrownBy(() -> State.of(GROUPS, arrays, arrays))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 2] holds 4 values, was given 3");
  }
}
