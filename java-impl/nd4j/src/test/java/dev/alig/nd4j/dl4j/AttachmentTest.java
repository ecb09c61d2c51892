package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.optimize.solvers.accumulation.BasicGradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.LocalHandler;
import org.deeplearning4j.util.NetworkUtils;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Training goes on where the attachment lasts, and throws where it was lost. */
class AttachmentTest {
  private static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build();

  private final MultiLayerNetwork network = Nets.mlp(UPDATER);
  private final DataSet data = Nets.data();

  private static void assertUnattached(ThrowingCallable training) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(training)
        .withMessageContaining("call AliGTraining.attach(network) after init()");
  }

  @Test
  void withoutItNothingIsTrained() {
    List<Double> before = Nets.values(network);
    assertUnattached(() -> network.fit(data));
    assertThat(Nets.values(network)).isEqualTo(before);
  }

  @Test
  void withoutItNoGraphIsTrained() {
    ComputationGraph graph = Nets.twoOutputs(UPDATER);
    assertUnattached(
        () ->
            graph.fit(
                new INDArray[] {data.getFeatures()},
                new INDArray[] {data.getLabels(), data.getLabels()}));
  }

  @Test
  void trainingStartsOnceItIsThere() {
    assertUnattached(() -> network.fit(data));
    AliGTraining training = AliGTraining.attach(network);
    network.fit(data);
    assertThat(training.lastStep()).isPresent();
  }

  @Test
  void itOutlastsOtherListeners() {
    AliGTraining training = AliGTraining.attach(network);
    network.setListeners(new ScoreIterationListener(1));
    network.fit(data);
    network.addListeners(new ScoreIterationListener(1));
    network.fit(data);
    assertThat(training.lastStep().orElseThrow().iteration()).isEqualTo(1);
  }

  @Test
  void aSecondOneTakesOver() {
    AliGTraining first = AliGTraining.attach(network);
    network.fit(data);
    AliGTraining second = AliGTraining.attach(network);
    network.fit(data);
    assertThat(first.lastStep().orElseThrow().iteration()).isEqualTo(0);
    assertThat(second.lastStep().orElseThrow().iteration()).isEqualTo(1);
  }

  @Test
  void aSecondOneKeepsTheMomentum() {
    AliGTraining.attach(network);
    network.fit(data);
    MultiLayerNetwork other = network.clone();
    AliGTraining.attach(other);
    AliGTraining.attach(network);
    AliGTraining.attach(network);
    network.fit(data);
    other.fit(data);
    assertThat(Nets.values(network)).isEqualTo(Nets.values(other));
  }

  @Test
  void aCloneHasNone() {
    AliGTraining.attach(network);
    network.fit(data);
    assertUnattached(() -> network.clone().fit(data));
    network.fit(data);
  }

  @Test
  void clearDropsIt() {
    AliGTraining.attach(network);
    network.fit(data);
    network.clear();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> network.fit(data))
        .withMessageContaining("clear(), which also sets the momentum to zero");
  }

  @Test
  void anotherUpdaterDropsIt() {
    AliGTraining.attach(network);
    network.setUpdater(null);
    assertUnattached(() -> network.fit(data));
  }

  @Test
  void anotherLearningRateDropsItAndBecomesTheCap() {
    AliGTraining.attach(network);
    network.fit(data);
    List<Double> momentum = Nets.values(network.getUpdater().getStateViewArray());
    NetworkUtils.setLearningRate(network, 0.025);
    assertUnattached(() -> network.fit(data));
    AliGTraining training = AliGTraining.attach(network);
    assertThat(Nets.values(network.getUpdater().getStateViewArray())).isEqualTo(momentum);
    network.fit(data);
    assertThat(training.lastStep().orElseThrow().report().stepSizes()).containsExactly(0.025);
  }

  @Test
  void aScheduleMovesTheCap() {
    NetworkUtils.setLearningRate(
        network,
        new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 0.0625).add(2, 0.03125).build());
    AliGTraining training = AliGTraining.attach(network);
    for (double expected : new double[] {0.0625, 0.0625, 0.03125}) {
      network.fit(data);
      assertThat(training.lastStep().orElseThrow().report().stepSizes()).containsExactly(expected);
    }
  }

  @Test
  void layersArePretrainedByAnotherUpdater() {
    MultiLayerNetwork withAutoEncoder =
        Nets.stack(
            Nets.base(UPDATER), new AutoEncoder.Builder().nOut(3).build(), Nets.softmax().build());
    AliGTraining.attach(withAutoEncoder);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> withAutoEncoder.pretrainLayer(0, data.getFeatures()))
        .withMessageContaining("pretrain with another updater");
    withAutoEncoder.fit(data);
  }

  @Test
  void gradientsWithoutALossAreRefused() {
    AliGTraining.attach(network);
    network.fit(data);
    List<Double> before = Nets.values(network);
    var gradient =
        network.calculateGradients(data.getFeatures(), data.getLabels(), null, null).getFirst();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                network
                    .getUpdater()
                    .update(
                        network, gradient, 1, 0, Nets.EXAMPLES, LayerWorkspaceMgr.noWorkspaces()))
        .withMessageContaining("no loss was computed for this step");
    assertThat(Nets.values(network)).isEqualTo(before);
  }

  @Test
  void sharedUpdatesAreRefusedWhenTheyAreSetUpLater() {
    AliGTraining.attach(network);
    network.setGradientsAccumulator(new BasicGradientsAccumulator(1, new LocalHandler()));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> network.fit(data))
        .withMessageContaining("shares its updates through a GradientsAccumulator");
  }
}
