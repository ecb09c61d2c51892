package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alig.NonFinite;
import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.StepEvent;
import dev.alig.nd4j.StepListener;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** All that fit does with other updaters it does with this one. */
class WaysToTrainTest {
  private static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.5).momentum(0.5).build();

  private final List<StepEvent> events = new ArrayList<>();
  private final StepListener keep = (optimizer, event) -> events.add(event);
  private final DataSet data = Nets.data();

  private ListDataSetIterator<DataSet> batches() {
    return new ListDataSetIterator<>(data.asList(), 4);
  }

  @Test
  void epochsOverAnIterator() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    AliGTraining.attach(network, keep);
    network.fit(batches(), 3);
    assertThat(events).extracting(StepEvent::iteration).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(events).extracting(StepEvent::epoch).containsExactly(0, 0, 1, 1, 2, 2);
  }

  @Test
  void batchesOfUnequalSize() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    MultiLayerNetwork byHand = Nets.mlp(UPDATER);
    AliGTraining.attach(network);
    network.fit(batches(), 2);
    AliG optimizer =
        AliG.builder().maxLearningRate(0.5).momentum(0.5).parameters(byHand.params()).build();
    for (int epoch = 0; epoch < 2; epoch++) {
      for (DataSet batch : new DataSet[] {range(0, 4), range(4, 6)}) {
        byHand.setInput(batch.getFeatures());
        byHand.setLabels(batch.getLabels());
        byHand.computeGradientAndScore();
        INDArray sum = byHand.gradient().gradient();
        optimizer.step(byHand.score(), sum.div(batch.numExamples()));
      }
    }
    assertThat(Nets.values(network)).isEqualTo(Nets.values(byHand));
  }

  private DataSet range(int from, int to) {
    return (DataSet) data.getRange(from, to);
  }

  @Test
  void theLossFallsAndTheClassesAreLearned() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    AliGTraining.attach(network, keep);
    for (int i = 0; i < 200; i++) {
      network.fit(data);
    }
    assertThat(events.get(199).report().loss()).isLessThan(events.get(0).report().loss() / 100);
    assertThat(network.evaluate(batches()).accuracy()).isEqualTo(1);
  }

  @Test
  void featuresAndLabelsAsArrays() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    AliGTraining.attach(network, keep);
    network.fit(data.getFeatures(), data.getLabels());
    assertThat(events).hasSize(1);
  }

  @Test
  void aGraphOverAnIteratorAndADataSet() {
    ComputationGraph network =
        Nets.graph(
            Nets.base(UPDATER)
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", Nets.softmax().build(), "in"),
            "out");
    AliGTraining.attach(network, keep);
    network.fit(batches(), 2);
    network.fit(data);
    network.fit(data.toMultiDataSet());
    assertThat(events).hasSize(6);
    assertThat(network.evaluate(batches()).accuracy()).isBetween(0.0, 1.0);
  }

  @Test
  void withoutWorkspaces() {
    MultiLayerNetwork with = Nets.mlp(UPDATER);
    MultiLayerNetwork without =
        Nets.stack(
            Nets.base(UPDATER)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE),
            Nets.dense().build(),
            Nets.dense().build(),
            Nets.softmax().build());
    AliGTraining.attach(with);
    AliGTraining.attach(without);
    with.fit(batches(), 3);
    without.fit(batches(), 3);
    assertThat(Nets.values(without)).isEqualTo(Nets.values(with));
  }

  @Test
  void aStepForEachSegmentOfTruncatedBackPropagation() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Nets.base(UPDATER)
                .list()
                .layer(new LSTM.Builder().nOut(5).build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .setInputType(InputType.recurrent(Nets.FEATURES))
                .build());
    network.init();
    AliGTraining.attach(network, keep);
    network.fit(Nets.normal(Nets.EXAMPLES, Nets.FEATURES, 10), Nets.normal(Nets.EXAMPLES, 2, 10));
    assertThat(events)
        .hasSize(3)
        .extracting(event -> event.report().loss())
        .doesNotHaveDuplicates();
  }

  @Test
  void earlyStopping() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    AliGTraining.attach(network, keep);
    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(5))
            .scoreCalculator(new DataSetLossCalculator(batches(), true))
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(configuration, network, batches()).fit();
    assertThat(events).hasSize(10);
    assertThat(result.getBestModelScore()).isLessThan(events.get(0).report().loss());
    MultiLayerNetwork best = result.getBestModel();
    AliGTraining.attach(best);
    best.fit(data);
  }

  @Test
  void listenersSeeTheScoreAndTheGradients() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    List<Double> scores = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    network.setListeners(
        new ScoreIterationListener(1),
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            scores.add(model.score());
          }

          @Override
          public void onGradientCalculation(Model model) {
            norms.add(model.gradient().gradient().norm2Number().doubleValue() / Nets.EXAMPLES);
          }
        });
    AliGTraining.attach(network, keep);
    network.fit(data);
    network.fit(data);
    assertThat(scores)
        .containsExactly(events.get(0).report().loss(), events.get(1).report().loss());
    for (int i = 0; i < 2; i++) {
      double norm = events.get(i).report().gradientNorm();
      assertThat(norms.get(i)).isCloseTo(norm, within(1e-12 * norm));
    }
  }

  @Test
  void constraintsHoldAfterEachStep() {
    double most = 0.4;
    MultiLayerNetwork network = constrained(most);
    MultiLayerNetwork byHand = constrained(most);
    AliGTraining.attach(network);
    AliG optimizer =
        AliG.builder().maxLearningRate(0.5).momentum(0.5).parameters(byHand.params()).build();
    for (int i = 0; i < 5; i++) {
      network.fit(data);
      byHand.setInput(data.getFeatures());
      byHand.setLabels(data.getLabels());
      byHand.computeGradientAndScore();
      optimizer.step(byHand.score(), byHand.gradient().gradient().div(Nets.EXAMPLES));
      byHand.applyConstraints(i, 0);
      assertThat(Nets.values(network)).isEqualTo(Nets.values(byHand));
      double largest = network.getParam("0_W").norm2(0).maxNumber().doubleValue();
      assertThat(largest).isLessThanOrEqualTo(most * (1 + 1e-12));
    }
  }

  private static MultiLayerNetwork constrained(double most) {
    return Nets.stack(
        Nets.base(UPDATER).constrainWeights(new MaxNormConstraint(most, 0)),
        Nets.dense().build(),
        Nets.softmax().build());
  }

  @Test
  void aStepIsSkippedWhereTheLossIsNotFinite() {
    MultiLayerNetwork network =
        Nets.mlp(AliGUpdater.builder().maxLearningRate(1).nonFinite(NonFinite.SKIP).build());
    AliGTraining.attach(network, keep);
    List<Double> before = Nets.values(network);
    INDArray features = data.getFeatures().dup();
    features.putScalar(0, Double.NaN);
    network.fit(features, data.getLabels());
    assertThat(events.get(0).report().outcome()).isEqualTo(StepReport.Outcome.SKIPPED);
    assertThat(Nets.values(network)).isEqualTo(before);
    network.fit(data);
    assertThat(events.get(1).report().outcome()).isEqualTo(StepReport.Outcome.TAKEN);
  }

  @Test
  void anOpenWorkspaceKeepsNothingOfIt() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    network.clear();
    try (MemoryWorkspace other =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(new WorkspaceConfiguration(), "OTHER")) {
      AliGTraining.attach(network, keep);
      assertThat(other.getCurrentSize()).isZero();
    }
    assertThat(network.getUpdater().getStateViewArray().isAttached()).isFalse();
    network.fit(data);
    assertThat(events).hasSize(1);
  }
}
