package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.NegativeLoss;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.solvers.accumulation.BasicGradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.LocalHandler;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What would not be ALI-G is refused when it is attached: what, where, why, and what instead. */
class RefusalTest {
  private static final AliGUpdater UPDATER = AliGUpdater.builder().maxLearningRate(0.1).build();

  private static void assertRefused(MultiLayerNetwork network, String... parts) {
    List<Double> before = Nets.values(network);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> AliGTraining.attach(network))
        .satisfies(e -> assertThat(e.getMessage()).contains(Arrays.asList(parts)));
    assertThat(Nets.values(network)).isEqualTo(before);
  }

  private static MultiLayerNetwork with(NeuralNetConfiguration.Builder base) {
    return Nets.stack(base, Nets.dense().build(), Nets.softmax().build());
  }

  private static MultiLayerNetwork with(Layer first) {
    return Nets.stack(Nets.base(UPDATER), first, Nets.softmax().build());
  }

  @Test
  void l1() {
    assertRefused(
        with(Nets.dense().l1(0.1).name("hidden").build()),
        "parameter 0_W of layer \"hidden\"",
        "L1Regularization",
        "the loss cannot reach 0",
        "l2Ball");
  }

  @Test
  void l2OfTheWholeNetwork() {
    assertRefused(with(Nets.base(UPDATER).l2(0.1)), "parameter 0_W", "L2Regularization");
  }

  @Test
  void l2OfABias() {
    assertRefused(with(Nets.dense().l2Bias(0.1).build()), "parameter 0_b", "L2Regularization");
  }

  @Test
  void weightDecay() {
    assertRefused(with(Nets.base(UPDATER).weightDecay(0.1)), "WeightDecay", "l2Ball");
  }

  @Test
  void aPenaltyBeneathAFrozenLayerWhichTheScoreHasAllTheSame() {
    assertRefused(
        Nets.stack(
            Nets.base(UPDATER),
            Nets.dense().l2(0.1).build(),
            new FrozenLayer(Nets.dense().build()),
            Nets.softmax().build()),
        "parameter 0_W");
  }

  @Test
  void clippedGradients() {
    assertRefused(
        with(Nets.base(UPDATER).gradientNormalization(GradientNormalization.ClipL2PerLayer)),
        "the gradient normalization ClipL2PerLayer",
        "maxLearningRate");
  }

  @Test
  void anotherUpdaterInOneLayer() {
    assertRefused(
        with(Nets.dense().updater(new Adam(0.5)).name("hidden").build()),
        "parameter 0_W of layer \"hidden\" has the updater Adam",
        "one step for the whole network",
        "FrozenLayer");
  }

  @Test
  void noUpdaterInOneLayerSinceDl4jThenSubtractsTheGradientItself() {
    assertRefused(with(Nets.dense().updater(new NoOp()).build()), "has the updater NoOp");
  }

  @Test
  void anotherUpdaterInAllLayers() {
    assertRefused(with(Nets.base(new Sgd(0.1))), "nothing for ALI-G to train", "AliGUpdater");
  }

  @Test
  void nothingButFrozenLayers() {
    assertRefused(
        Nets.stack(
            Nets.base(UPDATER),
            new FrozenLayer(Nets.dense().nOut(Nets.CLASSES).build()),
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
        "nothing for ALI-G to train");
  }

  @Test
  void settingsThatCannotDifferWithinANetwork() {
    assertRefused(
        with(Nets.dense().updater(AliGUpdater.builder().l2Ball(3).build()).build()),
        "l2Ball=3.0",
        "l2Ball=Infinity",
        "only cap and momentum may differ");
  }

  @Test
  void lineSearches() {
    assertRefused(
        with(Nets.base(UPDATER).optimizationAlgo(OptimizationAlgorithm.LBFGS)),
        "the optimization algorithm is LBFGS",
        "STOCHASTIC_GRADIENT_DESCENT");
  }

  @Test
  void aNetworkWithoutALoss() {
    assertRefused(
        Nets.stack(Nets.base(UPDATER), Nets.dense().build(), Nets.dense().name("top").build()),
        "the output layer \"top\", a DenseLayer, computes no loss");
  }

  @Test
  void aMeanLossOfGradientsThatAreSums() {
    assertRefused(
        Nets.stack(
            Nets.base(UPDATER).miniBatch(false),
            Nets.dense().nOut(Nets.CLASSES).build(),
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
        "LossLayer, divides the score by the minibatch",
        "remove miniBatch(false)");
  }

  @Test
  void aMeanCenterLossOfGradientsThatAreSums() {
    assertRefused(
        Nets.stack(
            Nets.base(UPDATER).miniBatch(false),
            Nets.dense().build(),
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(Nets.CLASSES)
                .activation(Activation.SOFTMAX)
                .build()),
        "CenterLossOutputLayer, divides the score by the minibatch");
  }

  @Test
  void aLossWhoseGradientsAreOthers() {
    assertRefused(
        Nets.stack(
            Nets.base(UPDATER),
            Nets.dense().build(),
            new OCNNOutputLayer.Builder().nIn(5).hiddenLayerSize(4).nu(0.1).build()),
        "a OCNNOutputLayer, has a gradient in DL4J that is not that of its score");
  }

  @Test
  void weightNoiseThatMultiplies() {
    assertRefused(
        with(Nets.dense().weightNoise(new DropConnect(0.5)).build()),
        "DropConnect multiplies the weights",
        "use dropOut");
  }

  @Test
  void sharedUpdates() {
    MultiLayerNetwork network = with(Nets.base(UPDATER));
    network.setGradientsAccumulator(new BasicGradientsAccumulator(1, new LocalHandler()));
    assertRefused(network, "GradientsAccumulator", "ParallelWrapper", "train with fit");
  }

  @Test
  void outputsWithUnequallyManyExamples() {
    ComputationGraph network =
        Nets.graph(
            Nets.base(UPDATER)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", Nets.dense().build(), "in")
                .addVertex("twice", new StackVertex(), "hidden", "hidden")
                .addLayer("out", Nets.softmax().build(), "hidden")
                .addLayer("side", Nets.softmax().build(), "twice"),
            "out",
            "side");
    AliGTraining.attach(network);
    INDArray labels = Nets.data().getLabels();
    List<Double> before = Nets.values(network);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                network.fit(
                    new INDArray[] {Nets.data().getFeatures()},
                    new INDArray[] {labels, Nd4j.vstack(labels, labels)}))
        .withMessageContaining("the outputs have [6, 12] examples");
    assertThat(Nets.values(network)).isEqualTo(before);
  }

  @Test
  void aNetworkThatIsNotInitialized() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(Nets.mlp(UPDATER).getLayerWiseConfigurations());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> AliGTraining.attach(network))
        .withMessage("the network is not initialized; call init() before attach");
  }

  @Test
  void aNegativeLossIfAskedForAndNothingMoves() {
    MultiLayerNetwork network =
        with(
            Nets.base(
                AliGUpdater.builder().lowerBound(1e6).negativeLoss(NegativeLoss.REFUSE).build()));
    AliGTraining.attach(network);
    List<Double> before = Nets.values(network);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> network.fit(Nets.data()))
        .withMessageContaining("loss must be >= its lower bound");
    assertThat(Nets.values(network)).isEqualTo(before);
  }
}
