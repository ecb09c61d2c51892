package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.alig.GroupSettings;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What an optimizer refuses, and in which words. */
class RefusalTest {
  private final INDArray w = Values.floats(3, 4);
  private final INDArray b = Values.floats(5);

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
  }

  private static AliG optimizer(INDArray... parameters) {
    return AliG.builder().maxLearningRate(0.1).parameters(parameters).build();
  }

  @Test
  void noParameters() {
    assertRefused(() -> AliG.builder().build(), "no parameters; add some with parameters()");
  }

  @Test
  void badSettings() {
    assertRefused(
        () -> AliG.builder().maxLearningRate(0).parameters(w).build(), "maxLearningRate must be");
  }

  @Test
  void integerParameters() {
    assertRefused(
        () -> optimizer(Nd4j.createFromArray(1, 2)),
        "the first parameter must be HALF, BFLOAT16, FLOAT or DOUBLE, was INT");
  }

  @Test
  void mixedTypes() {
    assertRefused(
        () -> optimizer(w, Values.doubles(1)), "parameter 1 of group 0 must be FLOAT, was DOUBLE");
  }

  @Test
  void mixedTypesAcrossGroups() {
    AliG optimizer = optimizer(w);
    assertRefused(
        () -> optimizer.addGroup(GroupSettings.DEFAULT, Values.doubles(1)),
        "parameter 0 of group 1 must be FLOAT, was DOUBLE");
  }

  @Test
  void aClosedParameterWhenBuilt() {
    b.close();
    assertRefused(() -> optimizer(w, b), "parameter 1 of group 0 was closed");
  }

  @Test
  void aParameterClosedLater() {
    AliG optimizer = optimizer(w, b);
    b.close();
    assertRefused(
        () -> optimizer.step(1, Values.floats(1, 1), Values.floats(1)),
        "parameter 1 of group 0 was closed");
  }

  @Test
  void aClosedGradient() {
    INDArray gradient = Values.floats(1, 1);
    gradient.close();
    assertRefused(
        () -> optimizer(w).step(1, gradient), "the gradient of parameter 0 of group 0 was closed");
  }

  @Test
  void aParameterListedTwice() {
    assertRefused(() -> optimizer(w, w), "shares memory with another of");
  }

  @Test
  void viewsThatShareElements() {
    INDArray whole = Nd4j.create(DataType.FLOAT, 3, 4);
    assertRefused(
        () -> optimizer(whole.getRow(1), whole.getColumn(2)), "shares memory with another of");
  }

  /** The last element of one is the first of the other. */
  @Test
  void viewsThatShareOneElement() {
    INDArray whole = Nd4j.create(DataType.FLOAT, 5);
    assertRefused(
        () ->
            optimizer(
                whole.get(NDArrayIndex.interval(0, 3)), whole.get(NDArrayIndex.interval(2, 5))),
        "shares memory with another of");
  }

  @Test
  void aLaterGroupThatSharesElements() {
    INDArray whole = Nd4j.create(DataType.FLOAT, 3, 4);
    AliG optimizer = optimizer(whole);
    assertRefused(
        () -> optimizer.addGroup(GroupSettings.DEFAULT, whole.getRow(2)), "shares memory");
    assertThat(optimizer.groups()).hasSize(1);
  }

  @Test
  void notInterleavedViewsThatShareNothing() {
    INDArray whole = Nd4j.create(DataType.FLOAT, 3, 4);
    INDArray rest = whole.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4));
    assertThatNoException()
        .isThrownBy(() -> optimizer(whole.getColumn(0), rest, whole.getColumn(1)));
  }

  @Test
  void aWrongNumberOfGradients() {
    assertRefused(
        () -> optimizer(w, b).step(1, Values.floats(1, 1)),
        "expected 2 gradients, one per parameter in group order with null for none, got 1");
  }

  @Test
  void aGradientOfAnotherShape() {
    assertRefused(
        () -> optimizer(w, b).step(1, Values.floats(1, 1), Values.floats(1, 2)),
        "the gradient of parameter 1 of group 0 must have its parameter's shape [1], had [2]");
  }

  @Test
  void anEmptyGradientForAScalar() {
    assertRefused(
        () -> optimizer(Nd4j.scalar(1f)).step(1, Nd4j.empty(DataType.FLOAT)), "had [], empty");
  }

  @Test
  void aGradientOfAnotherType() {
    assertRefused(
        () -> optimizer(w).step(1, Values.doubles(1, 1)),
        "the gradient of parameter 0 of group 0 must be FLOAT, was DOUBLE");
  }
}
