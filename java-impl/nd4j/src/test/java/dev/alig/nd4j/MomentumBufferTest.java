package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Buffers of the caller's for momentum share memory with nothing else that a step changes. */
class MomentumBufferTest {
  private final INDArray whole = Nd4j.zeros(DataType.FLOAT, 8);
  private final INDArray w = interval(0, 3);
  private final INDArray b = interval(3, 6);
  private final AliG optimizer = AliG.builder().momentum(0.5).parameters(w, b).build();

  private INDArray interval(int from, int to) {
    return whole.get(NDArrayIndex.interval(from, to));
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .extracting(Throwable::getMessage)
        .asString()
        .contains(parts);
  }

  @Test
  void theParameterItself() {
    assertRefused(
        () -> optimizer.useMomentumBuffer(0, 0, w),
        "shares memory",
        "parameter 0 of group 0",
        "the momentum of parameter 0 of group 0");
  }

  @Test
  void anotherParameter() {
    assertRefused(() -> optimizer.useMomentumBuffer(0, 0, b), "shares memory");
  }

  @Test
  void aViewThatOverlapsAParameter() {
    assertRefused(() -> optimizer.useMomentumBuffer(0, 0, interval(5, 8)), "shares memory");
  }

  @Test
  void oneBufferForTwoParameters() {
    INDArray buffer = Values.floats(0, 0, 0);
    optimizer.useMomentumBuffer(0, 0, buffer);
    assertRefused(
        () -> optimizer.useMomentumBuffer(0, 1, buffer),
        "the momentum of parameter 0 of group 0",
        "the momentum of parameter 1 of group 0");
  }

  @Test
  void overlappingBuffers() {
    INDArray buffers = Nd4j.zeros(DataType.FLOAT, 5);
    optimizer.useMomentumBuffer(0, 0, buffers.get(NDArrayIndex.interval(0, 3)));
    assertRefused(
        () -> optimizer.useMomentumBuffer(0, 1, buffers.get(NDArrayIndex.interval(2, 5))),
        "shares memory");
    assertThat(optimizer.momentumBuffer(0, 1)).contains(Values.floats(0, 0, 0));
  }

  @Test
  void aLaterParameterThatIsABufferAlready() {
    INDArray buffer = Values.floats(0, 0, 0);
    optimizer.useMomentumBuffer(0, 0, buffer);
    assertRefused(() -> optimizer.addGroup(GroupSettings.DEFAULT, buffer), "shares memory");
  }

  @Test
  void notTheSameBufferOnceMoreNorOneThatWasReplaced() {
    INDArray buffer = Values.floats(1, 2, 3);
    optimizer.useMomentumBuffer(0, 0, buffer);
    optimizer.useMomentumBuffer(0, 0, buffer);
    optimizer.setMomentumBuffer(0, 0, Values.floats(4, 5, 6));
    optimizer.useMomentumBuffer(0, 1, buffer);
    assertThat(optimizer.momentumBuffer(0, 1)).contains(Values.floats(1, 2, 3));
  }

  @Test
  void notNeighbours() {
    INDArray buffers = Nd4j.zeros(DataType.FLOAT, 6);
    optimizer.useMomentumBuffer(0, 0, buffers.get(NDArrayIndex.interval(0, 3)));
    optimizer.useMomentumBuffer(0, 1, buffers.get(NDArrayIndex.interval(3, 6)));
    optimizer.step(1, Values.floats(1, 1, 1), Values.floats(2, 2, 2));
    assertThat(buffers.getDouble(5)).isLessThan(buffers.getDouble(0)).isNegative();
  }

  /** A gradient that lies in the momentum's memory, or beside it by one, is read before. */
  @ParameterizedTest
  @CsvSource({"STANDARD, 0", "STANDARD, 1", "ADJUSTED, 0", "ADJUSTED, 1"})
  void aGradientInTheMemoryOfMomentumIsReadFirst(MomentumForm form, int shift) {
    INDArray memory = Values.floats(1, 2, 3, 4);
    INDArray buffer = memory.get(NDArrayIndex.interval(0, 3));
    INDArray gradient = memory.get(NDArrayIndex.interval(shift, 3 + shift));
    INDArray apart = Values.floats(0, 0, 0);
    AliG expected = AliG.builder().momentum(0.5).momentumForm(form).parameters(apart).build();
    expected.useMomentumBuffer(0, 0, buffer.dup());
    INDArray gradientApart = gradient.dup();
    AliG actual = AliG.builder().momentum(0.5).momentumForm(form).parameters(w).build();
    actual.useMomentumBuffer(0, 0, buffer);
    actual.step(1, gradient);
    expected.step(1, gradientApart);
    assertThat(w).isEqualTo(apart);
    assertThat(actual.momentumBuffer(0, 0)).isEqualTo(expected.momentumBuffer(0, 0));
  }
}
