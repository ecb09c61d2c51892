package dev.alig.nd4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.CsvStepLog;
import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.StepEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SameDiffTrainerTest {
  private static final GroupSettings OWN = new GroupSettings(0.01, 0.5);

  /** The plain optimizer on copies, with gradients that SameDiff computes for the same values. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT, STANDARD, 0, 1e9",
    "FLOAT, STANDARD, 0.9, 2",
    "DOUBLE, STANDARD, 0.9, 1e9",
    "DOUBLE, ADJUSTED, 0.9, 2"
  })
  void stepsAsThePlainOptimizerDoes(
      DataType type, MomentumForm form, double momentum, double radius) {
    Regression trained = new Regression(type);
    Regression plain = new Regression(type);
    SameDiffTrainer trainer =
        trained
            .trainer()
            .maxLearningRate(0.1)
            .momentum(momentum)
            .momentumForm(form)
            .l2Ball(radius)
            .group(OWN, "u")
            .build();
    AliG optimizer =
        AliG.builder()
            .maxLearningRate(0.1)
            .momentum(momentum)
            .momentumForm(form)
            .l2Ball(radius)
            .group(OWN, plain.array("u"))
            .parameters(plain.array("b"), plain.array("w"))
            .build();
    for (int step = 0; step < 20; step++) {
      double loss = plain.loss();
      Map<String, INDArray> gradients =
          plain.graph.calculateGradients(plain.values(), "u", "w", "b");
      StepReport expected =
          optimizer.step(loss, gradients.get("u"), gradients.get("b"), gradients.get("w"));
      assertThat(trainer.step(trained.values())).isEqualTo(expected);
      assertThat(trained.arrays()).isEqualTo(plain.arrays());
    }
    assertThat(trainer.groups()).isEqualTo(List.of(List.of("u"), List.of("b", "w")));
  }

  /** The whole batch twice, with weights that a mean divides out again. */
  @ParameterizedTest
  @CsvSource({"FLOAT, 0.9, 2", "DOUBLE, 0, 1e9"})
  void aStepOnMicroBatchesIsOneOnTheirMean(DataType type, double momentum, double radius) {
    Regression whole = new Regression(type);
    Regression parts = new Regression(type);
    SameDiffTrainer expected =
        whole.trainer().maxLearningRate(0.1).momentum(momentum).l2Ball(radius).build();
    SameDiffTrainer trainer =
        parts.trainer().maxLearningRate(0.1).momentum(momentum).l2Ball(radius).build();
    List<StepEvent> heard = new ArrayList<>();
    trainer.addListener((optimizer, event) -> heard.add(event));
    for (int step = 0; step < 5; step++) {
      GradientSum one = trainer.gradient(parts.values(), 0, 1);
      GradientSum other = trainer.gradient(parts.values(), 1, 3);
      StepReport report = trainer.step(other.plus(one));
      assertThat(report).isEqualTo(expected.step(whole.values()));
      assertThat(parts.arrays()).isEqualTo(whole.arrays());
      assertThat(heard).last().isEqualTo(new StepEvent(step, 0, report));
    }
  }

  @Test
  void weightsCountInAStepOnMicroBatches() {
    Regression regression = new Regression(DataType.DOUBLE);
    SameDiffTrainer trainer = regression.trainer().maxLearningRate(1e-300).build();
    double first = regression.loss();
    GradientSum sum = trainer.gradient(regression.values(), 0, 1);
    Map<String, INDArray> doubled = new HashMap<>(regression.values());
    doubled.computeIfPresent("y", (name, labels) -> labels.mul(2));
    GradientSum other = trainer.gradient(doubled, 1, 3);
    double second = other.plus(sum).total().loss() - first;
    assertThat(trainer.step(sum.plus(other)).loss()).isEqualTo((first + second) / 4);
    assertThatThrownBy(() -> trainer.step(sum))
        .hasMessageContaining("the model is at iteration 1")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theLossIsTheSumOverLossVariablesAndElements() {
    Regression regression = new Regression(DataType.DOUBLE);
    SDVariable b = regression.graph.getVariable("b");
    regression.graph.setLossVariables("squares", b.mul("penalty", b).name());
    regression.array("b").assign(3);
    SameDiffTrainer trainer = regression.trainer().maxLearningRate(1e-300).build();
    double mean = regression.loss();
    StepReport report = trainer.step(regression.values());
    assertThat(report.loss()).isCloseTo(12 * mean + 9, within(1e-12 * report.loss()));
    assertThat(report.gradientNorm())
        .isCloseTo(numericNorm(regression), within(1e-5 * report.gradientNorm()));
  }

  /** SameDiff's own gradients leave out the way through the one to the other. */
  @Test
  void aLossMayBeComputedFromAnother() {
    Regression regression = new Regression(DataType.DOUBLE);
    regression.graph.setLossVariables("loss", "squares");
    SameDiffTrainer trainer = regression.trainer().build();
    assertThat(trainer.verifySlope(regression.values())).isCloseTo(1, within(1e-6));
    double mean = regression.loss();
    assertThat(trainer.step(regression.values()).loss()).isCloseTo(13 * mean, within(1e-12 * mean));
  }

  /** The norm of the gradient of both losses, by central differences. */
  private static double numericNorm(Regression regression) {
    double squares = 0;
    for (INDArray array : regression.arrays()) {
      for (int i = 0; i < array.length(); i++) {
        double value = array.getDouble(i);
        double slope =
            (loss(regression, array, i, value + 1e-6) - loss(regression, array, i, value - 1e-6))
                / 2e-6;
        array.putScalar(i, value);
        squares += slope * slope;
      }
    }
    return Math.sqrt(squares);
  }

  private static double loss(Regression regression, INDArray array, int index, double value) {
    array.putScalar(index, value);
    double b = regression.array("b").getDouble(0);
    return Regression.EXAMPLES * regression.loss() + b * b;
  }

  @Test
  void fitsDataThatCanBeFitted() {
    Regression regression = new Regression(DataType.DOUBLE);
    SameDiffTrainer trainer = regression.trainer().maxLearningRate(0.1).momentum(0.9).build();
    List<Double> losses = trainer.fit(regression.data(), 300);
    assertThat(losses).hasSize(300);
    assertThat(losses.get(299)).isLessThan(1e-3);
    assertThat(trainer.iteration()).isEqualTo(900);
    assertThat(trainer.epoch()).isEqualTo(300);
  }

  @Test
  void aVariableApartFromTheLossIsProjectedAndElseStays() {
    Regression regression = new Regression(DataType.DOUBLE);
    regression.graph.var("apart", Nd4j.createFromArray(3.0, 4.0));
    SameDiffTrainer trainer = regression.trainer().l2Ball(1).momentum(0.9).build();
    INDArray apart = regression.array("apart");
    assertThat(apart.norm2Number().doubleValue()).isLessThan(1);
    assertThat(trainer.optimizer().parameterNorm()).isCloseTo(1, within(1e-12));
    assertThat(apart.getDouble(1) / apart.getDouble(0)).isCloseTo(4.0 / 3, within(1e-12));
    trainer.step(regression.values());
    assertThat(trainer.optimizer().parameterNorm()).isLessThanOrEqualTo(1 + 1e-12);
    assertThat(apart.getDouble(1) / apart.getDouble(0)).isCloseTo(4.0 / 3, within(1e-12));
  }

  @Test
  void aVariableThatBecameAConstantIsRefusedBeforeAnythingMoves() {
    Regression regression = new Regression(DataType.FLOAT);
    SameDiffTrainer trainer = regression.trainer().build();
    trainer.step(regression.values());
    INDArray before = regression.array("u").dup();
    regression.graph.convertToConstant(regression.graph.getVariable("w"));
    assertThatThrownBy(() -> trainer.step(regression.values()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("w was a variable")
        .hasMessageContaining("is of kind CONSTANT now");
    assertThat(regression.array("u")).isEqualTo(before);
  }

  @Test
  void valuesMayBeSetBetweenSteps() {
    Regression regression = new Regression(DataType.FLOAT);
    SameDiffTrainer trainer = regression.trainer().build();
    double first = trainer.step(regression.values()).loss();
    for (String name : List.of("w", "u", "b")) {
      regression.graph.getVariable(name).setArray(regression.array(name).mul(0));
    }
    double mean = regression.y.mul(regression.y).meanNumber().doubleValue();
    assertThat(trainer.step(regression.values()).loss())
        .isNotEqualTo(first)
        .isCloseTo(mean, within(1e-5));
  }

  @Test
  void listenersHearOfEachStep(@TempDir Path folder) throws IOException {
    Regression regression = new Regression(DataType.DOUBLE);
    SameDiffTrainer trainer = regression.trainer().maxLearningRate(0.1).build();
    List<StepEvent> events = new ArrayList<>();
    trainer.addListener((optimizer, event) -> events.add(event));
    Path csv = folder.resolve("steps.csv");
    try (CsvStepLog log = CsvStepLog.withParameterNorm(csv)) {
      trainer.addListener(log);
      trainer.fit(regression.data(), 2);
    }
    assertThat(events).extracting(StepEvent::iteration).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(events).extracting(StepEvent::epoch).containsExactly(0, 0, 0, 1, 1, 1);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(7);
    assertThat(lines.get(6)).endsWith("," + trainer.optimizer().parameterNorm());
    assertThat(lines.get(6)).contains("," + events.get(5).report().loss() + ",");
  }
}
