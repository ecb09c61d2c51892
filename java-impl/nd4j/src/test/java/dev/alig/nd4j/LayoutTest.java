package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class LayoutTest {
  static Stream<Arguments> layouts() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16)
        .flatMap(
            type ->
                Stream.of(Layout.values())
                    .flatMap(
                        parameter ->
                            Stream.of(Layout.values())
                                .map(gradient -> Arguments.of(type, parameter, gradient))));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theResultDoesNotDependOnTheLayout(DataType type, Layout parameter, Layout gradient) {
    assertThat(run(type, parameter, gradient)).isEqualTo(run(type, Layout.C, Layout.C));
  }

  /** Parameters, then momentum, of a run of two steps that the ball cuts short. */
  private static List<Double> run(DataType type, Layout parameter, Layout gradient) {
    INDArray values = Nd4j.linspace(-2, 3, 12, DataType.DOUBLE).reshape(3, 4).castTo(type);
    INDArray w = parameter.of(values);
    AliG optimizer =
        AliG.builder()
            .maxLearningRate(0.5)
            .momentum(0.9)
            .momentumForm(MomentumForm.STANDARD)
            .l2Ball(4)
            .parameters(w)
            .build();
    optimizer.step(3, gradient.of(values.mul(0.7)));
    optimizer.step(2, gradient.of(values.mul(values)));
    INDArray momentum = optimizer.momentumBuffer(0, 0).orElseThrow();
    return Stream.of(w, momentum).flatMap(array -> Values.of(array).stream()).toList();
  }

  @Test
  void aViewsSurroundingsStayAsTheyAre() {
    INDArray whole = Nd4j.ones(DataType.FLOAT, 4, 5);
    INDArray w = whole.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(1, 3));
    AliG.builder().parameters(w).build().apply(new double[] {1}, List.of(Nd4j.ones(2, 2)));
    assertThat(Values.of(w)).containsOnly(0.0);
    assertThat(whole.sumNumber().doubleValue()).isEqualTo(16);
  }

  @Test
  void scalarsAreArraysToo() {
    INDArray w = Nd4j.scalar(2.0);
    AliG.builder().eps(0).parameters(w).build().step(1, Nd4j.scalar(4.0));
    assertThat(w.getDouble()).isEqualTo(2 - 4 / 16.0);
  }

  @Test
  void emptyArraysTakePartWithNothing() {
    INDArray w = Values.doubles(1);
    INDArray shaped = Nd4j.create(DataType.DOUBLE, 0, 3);
    INDArray shapeless = Nd4j.empty(DataType.DOUBLE);
    AliG optimizer =
        AliG.builder().momentum(0.5).l2Ball(10).eps(0).parameters(shaped, w, shapeless).build();
    optimizer.step(1, Nd4j.create(DataType.DOUBLE, 0, 3), Values.doubles(2), shapeless);
    assertThat(Values.of(w)).containsExactly(1 - 0.5 - 0.25);
    assertThat(optimizer.momentumBuffer(0, 0).orElseThrow().shape()).containsExactly(0, 3);
    assertThat(optimizer.momentumBuffer(0, 2).orElseThrow().isEmpty()).isTrue();
  }
}
