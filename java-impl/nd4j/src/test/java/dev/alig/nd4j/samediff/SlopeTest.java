package dev.alig.nd4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.alig.StepReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient that a trainer steps by is that of its loss, or there is no trainer. */
class SlopeTest {
  private final SameDiff graph = SameDiff.create();

  /** Gradients of which one operation's is wrong. */
  private static final class Spoilt extends Gradients {
    private final String operation;
    private final double factor;

    Spoilt(String operation, double factor) {
      super(false);
      this.operation = operation;
      this.factor = factor;
    }

    @Override
    List<SDVariable> differentiate(
        SameDiffOp op, DifferentialFunction copy, List<@Nullable SDVariable> above) {
      List<SDVariable> right = super.differentiate(op, copy, above);
      return op.getOp().opName().equals(operation)
          ? right.stream().map(gradient -> gradient.mul(factor)).toList()
          : right;
    }
  }

  /** tanh under a name of its own. */
  static final class OwnTanh extends Tanh {
    OwnTanh(SameDiff graph, SDVariable x) {
      super(graph, x, false);
    }
  }

  private static final Map<String, INDArray> NOTHING = Map.of();

  private SameDiffTrainerBuilder minimizing(SDVariable loss) {
    graph.setLossVariables(loss.name());
    return SameDiffTrainer.builder(graph).eps(0);
  }

  /** Five rows, of which 1, 1, 2, 4, 4, 4 are to be 1 … 6: the gradient is 0 −6 −6 0 −30. */
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void anEmbeddingAddsUpTheGradientsOfARowThatIsUsedRepeatedly(DataType type) {
    SDVariable rows = graph.var("rows", Nd4j.zeros(type, 5, 1));
    SDVariable indices = graph.placeHolder("indices", DataType.INT32, -1);
    SDVariable labels = graph.placeHolder("labels", type, -1, 1);
    SDVariable error = graph.gather(rows, indices, 0).sub(labels);
    SameDiffTrainer trainer = minimizing(error.mul(error).sum()).build();
    Map<String, INDArray> values =
        Map.of(
            "indices", Nd4j.createFromArray(1, 1, 2, 4, 4, 4),
            "labels", Nd4j.createFromArray(1.0, 2, 3, 4, 5, 6).reshape(6, 1).castTo(type));
    StepReport report = trainer.step(values);
    assertThat(report.loss()).isEqualTo(91);
    assertThat(report.gradientNorm()).isCloseTo(Math.sqrt(36 + 36 + 900), within(1e-5));
    assertThat(report.unclippedStepSize()).isCloseTo(91.0 / 972, within(1e-8));
    INDArray moved = Nd4j.createFromArray(0, 6, 6, 0, 30.0).reshape(5, 1).mul(91.0 / 972);
    assertThat(rows.getArr().castTo(DataType.DOUBLE).equalsWithEps(moved, 1e-5)).isTrue();
  }

  @Test
  void theSlopeIsOneWhereTheGradientIsRight() {
    Regression regression = new Regression(DataType.DOUBLE);
    SameDiffTrainer trainer = regression.trainer().build();
    List<INDArray> before = regression.arrays().stream().map(INDArray::dup).toList();
    assertThat(trainer.verifySlope(regression.values())).isCloseTo(1, within(1e-7));
    assertThat(regression.arrays()).isEqualTo(before);
  }

  @Test
  void floatsMeasureItToo() {
    Regression regression = new Regression(DataType.FLOAT);
    assertThat(regression.trainer().build().verifySlope(regression.values()))
        .isCloseTo(1, within(1e-3));
  }

  @Test
  void aZeroGradientHasNoSlope() {
    SDVariable x = graph.var("x", Nd4j.zeros(DataType.DOUBLE, 2));
    SameDiffTrainer trainer = minimizing(x.mul(x).sum()).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.verifySlope(NOTHING))
        .withMessageContaining("where the gradient is zero");
  }

  @Test
  void aKinkHasNoSlope() {
    SDVariable x = graph.var("x", Nd4j.createFromArray(1e-9, 1e-9));
    SameDiffTrainer trainer = minimizing(graph.math().abs(x).sum()).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.verifySlope(NOTHING))
        .withMessageContaining("slope");
  }

  private SDVariable input() {
    return graph.var("x", Nd4j.createFromArray(0.3, -0.4));
  }

  @Test
  void anOperationThatNobodyMeasuredIsRefused() {
    SDVariable loss = new OwnTanh(graph, input()).outputVariable().sum();
    assertThatIllegalArgumentException()
        .isThrownBy(minimizing(loss)::build)
        .withMessageContaining("the operation tanh")
        .withMessageContaining("SlopeTest$OwnTanh")
        .withMessageContaining("verifySlope(placeholders)");
  }

  @Test
  void untilItsSlopeIsFoundRight() {
    SDVariable loss = new OwnTanh(graph, input()).outputVariable().sum();
    SameDiffTrainer trainer = minimizing(loss).verifySlope(NOTHING).build();
    assertThat(trainer.step(NOTHING).gradientNorm())
        .isCloseTo(
            Math.hypot(1 - Math.pow(Math.tanh(0.3), 2), 1 - Math.pow(Math.tanh(0.4), 2)),
            within(1e-12));
  }

  /** Twice the gradient, a share of it, a share of one variable's alone; in both types. */
  @ParameterizedTest
  @CsvSource({
    "tanh, 2, DOUBLE",
    "tanh, 0.5, FLOAT",
    "tanh, 0.98, DOUBLE",
    "tanh, 0.9, FLOAT",
    "multiply, 1.01, DOUBLE",
    "tanh, 0, FLOAT"
  })
  void aWrongSlopeIsFoundAndTheVariablesArePutBack(String operation, double factor, DataType type) {
    Regression regression = new Regression(type);
    List<INDArray> before = regression.arrays().stream().map(INDArray::dup).toList();
    BackwardGraph backward =
        new BackwardGraph(regression.graph, List.of("loss"), new Spoilt(operation, factor));
    Variables variables = Variables.of(regression.graph, List.of(), backward.trained());
    assertThatIllegalStateException()
        .isThrownBy(() -> new Slope(backward, variables).verify(regression.values()))
        .withMessageContaining("the gradient is not that of the loss");
    assertThat(regression.arrays()).isEqualTo(before);
  }

  @Test
  void anOperationApartFromEveryVariableNeedsNoGradient() {
    SDVariable constant = graph.constant(Nd4j.createFromArray(0.3, -0.4));
    SDVariable loss = graph.cumprod(constant, 0).mul(input()).sum();
    assertThat(minimizing(loss).build().verifySlope(NOTHING)).isCloseTo(1, within(1e-7));
  }

  @Test
  void theRefusalNamesTheOperationItsResultAndWhatToUseInstead() {
    SDVariable product = graph.cumprod("running", input(), false, false, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(minimizing(product.sum())::build)
        .withMessage(
            "the operation cumprod, which computes running of a trained variable, has a wrong"
                + " gradient in SameDiff: it lacks terms; for positive x use"
                + " exp(cumsum(log(x)))");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient function", "none"})
  void aGradientFunctionOfAnEarlierLossIsNotUsed(String before) {
    SDVariable x = input();
    graph.setLossVariables(x.sum("sum").name());
    if (before.equals("gradient function")) {
      graph.createGradFunction();
    }
    assertThat(minimizing(x.mul(x).sum("squares")).build().step(NOTHING).gradientNorm())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void aGraphWithNewOperationsNeedsANewTrainer() {
    SDVariable x = input();
    SameDiffTrainer trainer = minimizing(x.mul(x).sum()).build();
    x.add(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.step(NOTHING))
        .withMessageContaining("build a new trainer");
  }
}
