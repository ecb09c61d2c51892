package dev.alig.conformance.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.SideEffects;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the subject of ND4J is looked at for, and that each of it is seen. */
class Nd4jSideEffectsTest {
  private static final Tensor TENSOR = Tensor.vector(1, 2, 3);
  private static final StepCase CASE =
      new StepCase(
          "nd4j",
          DType.FLOAT,
          1e-5,
          MomentumForm.STANDARD,
          OptionalDouble.empty(),
          List.of(new Group(OptionalDouble.of(0.1), 0.9, List.of(TENSOR, TENSOR, TENSOR))),
          List.of(step(0.5), step(0.25)),
          Optional.empty());

  private static Step step(double loss) {
    Tensor gradient = Tensor.vector(0.25, -4, 1);
    return new Step(
        loss,
        LossKind.FLOAT,
        List.of(List.of(Optional.of(gradient), Optional.of(gradient), Optional.of(gradient))));
  }

  @Test
  void theSubjectHasNone() {
    SideEffects effects = new Nd4jSubject().run(CASE).effects().orElseThrow();
    assertThat(effects).isEqualTo(new SideEffects(8, List.of()));
  }

  @Test
  void whatIsWrittenBesideAViewIsSeen() {
    Nd4jArrays arrays = new Nd4jArrays(CASE);
    INDArray view = arrays.of(TENSOR);
    while (arrays.wholes().isEmpty()) {
      view = arrays.of(TENSOR);
    }
    assertThat(arrays.areSurroundingsKept()).isTrue();
    view.assign(Double.NaN);
    assertThat(arrays.areSurroundingsKept()).as("numbers of the view").isTrue();
    arrays.wholes().get(0).putScalar(0, 5);
    assertThat(arrays.areSurroundingsKept()).isFalse();
  }

  @Test
  void theSettingsThatAllShareAreSeen() {
    Nd4jSettings before = Nd4jSettings.now();
    assertThat(Nd4jSettings.now()).isEqualTo(before);
    Nd4j.rand(3);
    assertThat(Nd4jSettings.now()).isNotEqualTo(before);
    Nd4jSettings drawn = Nd4jSettings.now();
    DataType type = Nd4j.dataType();
    try {
      Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
      assertThat(Nd4jSettings.now()).isNotEqualTo(drawn);
    } finally {
      Nd4j.setDefaultDataTypes(type, type);
    }
  }
}
