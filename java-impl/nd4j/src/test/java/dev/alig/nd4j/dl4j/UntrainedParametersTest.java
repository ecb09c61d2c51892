package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What poses as a parameter, or is frozen, takes no part in a step. */
class UntrainedParametersTest {
  /** Small enough that every step projects. */
  private static final double RADIUS = 0.5;

  /** Three roundings of the factor and one of each element, with room. */
  private static final Offset<Double> ROUNDED = within(16 * Math.ulp(RADIUS));

  private static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).l2Ball(RADIUS).build();

  /** It does not project, so that both networks start from the same parameters. */
  private static final AliGUpdater WITHOUT_BALL =
      AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build();

  private static MultiLayerNetwork batchNormalized(IUpdater updater, boolean log) {
    return Nets.stack(
        Nets.base(updater),
        Nets.dense().build(),
        new BatchNormalization.Builder().useLogStd(log).build(),
        Nets.softmax().build());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void runningStatisticsMoveAsWithAnyUpdater(boolean log) {
    MultiLayerNetwork network = batchNormalized(WITHOUT_BALL, log);
    MultiLayerNetwork stock = batchNormalized(new Sgd(0.1), log);
    String[] names = {"1_mean", log ? "1_log10stdev" : "1_var"};
    List<Double> start = Nets.values(network, names);
    AliGTraining.attach(network);
    network.fit(Nets.data());
    stock.fit(Nets.data());
    assertThat(Nets.values(network, names))
        .isEqualTo(Nets.values(stock, names))
        .isNotEqualTo(start);
  }

  @Test
  void runningStatisticsAreNotProjected() {
    MultiLayerNetwork network = batchNormalized(UPDATER, false);
    AliGTraining training = AliGTraining.attach(network);
    MultiLayerNetwork unprojected = batchNormalized(WITHOUT_BALL, false);
    String[] names = {"1_mean", "1_var"};
    assertThat(Nets.values(network, names)).isEqualTo(Nets.values(unprojected, names));
    String[] trained = {"0_W", "0_b", "1_gamma", "1_beta", "2_W", "2_b"};
    assertThat(norm(Nets.values(network, trained))).isCloseTo(RADIUS, ROUNDED);
    assertThat(training.groups()).containsExactly(new ParameterGroup(UPDATER, List.of(trained)));
  }

  private static MultiLayerNetwork centered(IUpdater updater) {
    return Nets.stack(
        Nets.base(updater),
        Nets.dense().build(),
        new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
            .alpha(0.1)
            .lambda(0.5)
            .nOut(Nets.CLASSES)
            .activation(Activation.SOFTMAX)
            .build());
  }

  @Test
  void centersMoveAsWithAnyUpdater() {
    MultiLayerNetwork network = centered(WITHOUT_BALL);
    MultiLayerNetwork stock = centered(new Sgd(0.1));
    List<Double> start = Nets.values(network, "1_cL");
    AliGTraining training = AliGTraining.attach(network);
    network.fit(Nets.data());
    stock.fit(Nets.data());
    assertThat(Nets.values(network, "1_cL"))
        .isEqualTo(Nets.values(stock, "1_cL"))
        .isNotEqualTo(start);
    assertThat(training.groups().get(0).parameters()).containsExactly("0_W", "0_b", "1_W", "1_b");
  }

  @Test
  void whatAnotherLayerMovesByItselfIsLeftToIt() {
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(WITHOUT_BALL),
            Nets.dense().build(),
            new SelfMovingOutput(Nets.softmax().nIn(5)));
    assertThat(AliGTraining.verifySlope(network, Nets.data()).right()).isTrue();
    AliGTraining training = AliGTraining.attach(network);
    network.fit(Nets.data());
    INDArray handedOver = network.gradient().getGradientFor("1_b");
    assertThat(Nets.values(network, "1_b"))
        .isEqualTo(Nets.values(handedOver.neg()))
        .isNotEqualTo(List.of(0.0, 0.0, 0.0));
    assertThat(training.groups().get(0).parameters()).containsExactly("0_W", "0_b", "1_W");
  }

  @Test
  void aFrozenLayerAndThoseBeneathItStayAsTheyAre() {
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(UPDATER),
            Nets.dense().build(),
            new FrozenLayer(Nets.dense().build()),
            Nets.dense().build(),
            Nets.softmax().build());
    String[] frozen = {"0_W", "0_b", "1_W", "1_b"};
    List<Double> before = Nets.values(network, frozen);
    AliGTraining training = AliGTraining.attach(network);
    assertThat(training.parameterNorm()).isCloseTo(RADIUS, ROUNDED);
    for (int i = 0; i < 3; i++) {
      network.fit(Nets.data());
    }
    assertThat(Nets.values(network, frozen)).isEqualTo(before);
    assertThat(training.groups().get(0).parameters()).containsExactly("2_W", "2_b", "3_W", "3_b");
  }

  @Test
  void aFrozenLayerThatPassesGradientsOnStaysAsItIs() {
    ComputationGraph network =
        Nets.graph(
            Nets.base(UPDATER)
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", Nets.dense().build(), "in")
                .addLayer("frozen", new FrozenLayerWithBackprop(Nets.dense().build()), "first")
                .addLayer("out", Nets.softmax().build(), "frozen"),
            "out");
    List<Double> before = Nets.values(network, "frozen_W", "frozen_b");
    AliGTraining training = AliGTraining.attach(network);
    for (int i = 0; i < 3; i++) {
      network.fit(Nets.data());
    }
    assertThat(Nets.values(network, "frozen_W", "frozen_b")).isEqualTo(before);
    assertThat(training.groups().get(0).parameters())
        .containsExactly("first_W", "first_b", "out_W", "out_b");
  }

  @Test
  void whatIsForPretrainingAloneStaysAsItIs() {
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(UPDATER),
            new VariationalAutoencoder.Builder()
                .encoderLayerSizes(4)
                .decoderLayerSizes(4)
                .nOut(3)
                .build(),
            Nets.softmax().build());
    List<Double> before = Nets.values(network, "0_d0W", "0_pXZW");
    AliGTraining training = AliGTraining.attach(network);
    network.fit(Nets.data());
    assertThat(Nets.values(network, "0_d0W", "0_pXZW")).isEqualTo(before);
    assertThat(training.groups().get(0).parameters()).contains("0_e0W").doesNotContain("0_d0W");
  }

  @Test
  void aStacksHeadIsTunedByTransferLearning() {
    MultiLayerNetwork pretrained = Nets.mlp(new Sgd(0.1));
    pretrained.fit(Nets.data());
    MultiLayerNetwork network =
        new TransferLearning.Builder(pretrained)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().seed(1).updater(UPDATER).build())
            .setFeatureExtractor(0)
            .build();
    List<Double> before = Nets.values(network, "0_W", "0_b");
    AliGTraining training = AliGTraining.attach(network);
    network.fit(Nets.data());
    assertThat(Nets.values(network, "0_W", "0_b")).isEqualTo(before);
    assertThat(training.groups().get(0).parameters()).containsExactly("1_W", "1_b", "2_W", "2_b");
  }

  @Test
  void aGraphsHeadIsTunedByTransferLearning() {
    ComputationGraph pretrained =
        Nets.graph(
            Nets.base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", Nets.dense().build(), "in")
                .addLayer("second", Nets.dense().build(), "first")
                .addLayer("out", Nets.softmax().build(), "second"),
            "out");
    pretrained.fit(Nets.data());
    ComputationGraph network =
        new TransferLearning.GraphBuilder(pretrained)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().seed(1).updater(UPDATER).build())
            .setFeatureExtractor("second")
            .build();
    String[] frozen = {"first_W", "first_b", "second_W", "second_b"};
    List<Double> before = Nets.values(network, frozen);
    AliGTraining training = AliGTraining.attach(network);
    network.fit(Nets.data());
    assertThat(Nets.values(network, frozen)).isEqualTo(before);
    assertThat(training.groups().get(0).parameters()).containsExactly("out_W", "out_b");
  }

  private static double norm(List<Double> values) {
    return Math.sqrt(values.stream().mapToDouble(x -> x * x).sum());
  }
}
