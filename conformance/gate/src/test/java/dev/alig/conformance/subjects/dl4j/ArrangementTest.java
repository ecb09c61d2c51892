package dev.alig.conformance.subjects.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.model.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where the elements of torch's parameters lie in DL4J. */
class ArrangementTest {
  private static Tensor counted(Integer... shape) {
    List<Integer> lengths = List.of(shape);
    return Tensor.of(lengths, IntStream.range(0, Tensor.size(lengths)).asDoubleStream().toArray());
  }

  @Test
  void aDenseWeightIsTransposed() {
    assertThat(Arrangement.TRANSPOSED.toDl4j(counted(2, 3))).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void aKernelStaysAsItIs() {
    assertThat(Arrangement.SAME.toDl4j(counted(2, 1, 1, 2))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void theGatesOfABiasAreCandidateForgetOutputInput() {
    // torch: i i f f g g o o
    assertThat(Arrangement.GATES.toDl4j(counted(8))).containsExactly(4, 5, 2, 3, 6, 7, 0, 1);
  }

  @Test
  void theGatesOfAMatrixAreColumnsInTheOrderOfTheBias() {
    // torch: rows i, f, g, o of two inputs
    assertThat(Arrangement.GATES.toDl4j(counted(4, 2))).containsExactly(4, 2, 6, 0, 5, 3, 7, 1);
  }

  @Test
  void everyArrangementComesBackToTheBit() {
    for (Arrangement arrangement :
        List.of(Arrangement.SAME, Arrangement.TRANSPOSED, Arrangement.GATES)) {
      Tensor torch = counted(8, 3);
      assertThat(arrangement.toTorch(torch.shape(), arrangement.toDl4j(torch))).isEqualTo(torch);
    }
  }
}
