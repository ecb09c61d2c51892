package dev.alig.nd4j.samediff;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.GroupSettings;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class SameDiffRefusalTest {
  private static final GroupSettings OWN = new GroupSettings(0.1, 0);

  private final Regression regression = new Regression(DataType.FLOAT);

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void unknownVariables() {
    SameDiffTrainerBuilder builder = regression.trainer().group(OWN, "v");
    assertRefused(builder::build, "v does not exist", "[b, u, w]");
  }

  @Test
  void placeholdersAmongVariables() {
    SameDiffTrainerBuilder builder = regression.trainer().group(OWN, "x");
    assertRefused(builder::build, "x is of kind PLACEHOLDER", "cannot be trained");
  }

  @Test
  void variablesInTwoGroups() {
    SameDiffTrainerBuilder builder = regression.trainer().group(OWN, "w").group(OWN, "u", "w");
    assertRefused(builder::build, "variable w is in two groups");
  }

  @Test
  void groupsOfNothing() {
    assertRefused(() -> regression.trainer().group(OWN), "a group needs variables");
  }

  @Test
  void mixedTypes() {
    regression.graph.var("d", Nd4j.zeros(DataType.DOUBLE, 2));
    assertRefused(regression.trainer()::build, "one type", "FLOAT=b", "DOUBLE=d");
  }

  @Test
  void namesThatAreNoPlaceholders() {
    SameDiffTrainerBuilder builder = regression.trainer().labels("w");
    assertRefused(builder::build, "w is no placeholder", "[x, y]");
  }

  @Test
  void aMaskThatIsNull() {
    SameDiff graph = SameDiff.create();
    SDVariable w = graph.var("w", Nd4j.ones(DataType.DOUBLE, 2));
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 2);
    SDVariable error = w.mul(x).sub(graph.placeHolder("y", DataType.DOUBLE, 2));
    error.mul(graph.placeHolder("m", DataType.DOUBLE, 2)).sum("loss");
    graph.setLossVariables("loss");
    SameDiffTrainer trainer =
        SameDiffTrainer.builder(graph)
            .maxLearningRate(1)
            .features("x")
            .labels("y")
            .labelMasks("m")
            .build();
    MultiDataSet data =
        new MultiDataSet(
            new INDArray[] {Nd4j.ones(DataType.DOUBLE, 2)},
            new INDArray[] {Nd4j.ones(DataType.DOUBLE, 2)},
            null,
            new INDArray[] {null});
    assertRefused(
        () -> trainer.fit(data), "array 0 of label masks", "its placeholder m", "array of ones");
  }

  @Test
  void lossesWithoutVariables() {
    SameDiff graph = SameDiff.create();
    graph.var("w", Nd4j.ones(2));
    graph.placeHolder("x", DataType.FLOAT, 2).mean("loss");
    graph.setLossVariables("loss");
    assertThatThrownBy(SameDiffTrainer.builder(graph)::build).hasMessageContaining("loss");
  }

  @Test
  void regularizationOfTheTrainingConfiguration() {
    configure(new TrainingConfig.Builder().l2(0.01));
    assertRefused(regression.trainer()::build, "L2Regularization", "l2Ball(radius)");
  }

  @Test
  void maximization() {
    configure(new TrainingConfig.Builder().minimize(false));
    assertRefused(regression.trainer()::build, "maximizes", "negate");
  }

  private void configure(TrainingConfig.Builder config) {
    regression.graph.setTrainingConfig(
        config.updater(new Sgd()).dataSetFeatureMapping("x").dataSetLabelMapping("y").build());
  }

  @Test
  void dataWithoutPlaceholders() {
    SameDiffTrainer trainer = SameDiffTrainer.builder(regression.graph).build();
    assertThatThrownBy(() -> trainer.fit(regression.data(), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("features(");
  }

  @Test
  void dataOfAnotherNumberOfArrays() {
    SameDiffTrainer trainer = regression.trainer().features("x", "y").labels().build();
    assertRefused(() -> trainer.fit(regression.data(), 1), "1 arrays of features", "[x, y]");
  }

  @Test
  void noEpochs() {
    SameDiffTrainer trainer = regression.trainer().build();
    assertRefused(() -> trainer.fit(regression.data(), 0), "epochs must be >= 1, was 0");
  }

  @Test
  void noData() {
    SameDiffTrainer trainer = regression.trainer().build();
    List<DataSet> none = List.of();
    assertRefused(
        () -> trainer.fit(new ExistingDataSetIterator(none), 1), "no minibatch in epoch 0");
  }
}
