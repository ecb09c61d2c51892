package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;

/** What cannot be trained is refused, and the message says why. */
class RefusalTest {
  private static SparkAliG training(MultiLayerNetwork network) {
    return SparkAliG.builder(Sparks.local(), network).microBatchesPerStep(2).build();
  }

  @Test
  void aStepNeedsAMicroBatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparkAliG.builder(Sparks.local(), Examples.dense()).build())
        .withMessage("microBatchesPerStep must be at least 1, was 0");
  }

  @Test
  void anEmptyRddIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> training(Examples.dense()).fit(Sparks.local().parallelize(List.of(), 2), 1))
        .withMessageContaining("is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> training(Examples.dense()).fitPaths(List.of(), p -> Examples.microBatch(0), 1))
        .withMessageContaining("is empty");
  }

  @Test
  void aStoppedContextIsRefused() {
    JavaSparkContext context = Sparks.local();
    SparkAliG training = training(Examples.dense());
    Sparks.stop();
    assertThatIllegalStateException()
        .isThrownBy(() -> training.fitPaths(List.of("0"), p -> Examples.microBatch(0), 1))
        .withMessageContaining("is stopped");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> SparkAliG.builder(context, Examples.dense()).microBatchesPerStep(1).build())
        .withMessageContaining("is stopped");
  }

  @Test
  void aNetworkWithAnotherUpdaterIsRefused() {
    MultiLayerNetwork network =
        Examples.stack(
            new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)),
            InputType.feedForward(2),
            new OutputLayer.Builder().nOut(2).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(network))
        .withMessageContaining("AliGUpdater");
  }

  @Test
  void truncatedBackPropagationIsRefused() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Examples.base(Examples.UPDATER)
                .list()
                .layer(new LSTM.Builder().nOut(3).build())
                .layer(new RnnOutputLayer.Builder().nOut(3).build())
                .setInputType(InputType.recurrent(4))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(2)
                .build());
    network.init();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> training(network).fitPaths(List.of("0"), p -> Examples.series(1).get(0), 1))
        .withMessageContaining("BackpropType.Standard");
  }

  @Test
  void kryoIsRefused() {
    SparkConf kryo =
        new SparkConf(false).set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Requirements.requireJavaSerializer(kryo))
        .withMessageContaining("KryoSerializer, which destroys ND4J's arrays");
    assertThatCode(() -> Requirements.requireJavaSerializer(new SparkConf(false)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1g", "0"})
  void resultsThatFitAreAccepted(String limit) {
    SparkConf conf = new SparkConf(false).set("spark.driver.maxResultSize", limit);
    // 8 tasks with one sum of 8e6 bytes each.
    assertThatCode(
            () -> Requirements.requireResultsFit(conf, new Distribution(100, 16, 8), 1_000_000))
        .doesNotThrowAnyException();
  }

  @Test
  void resultsLargerThanSparkAllowsAreRefusedBeforeTheFirstStep() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Requirements.requireResultsFit(
                    new SparkConf(false), new Distribution(1000, 256, 128), 2_000_000))
        .withMessageContaining("spark.driver.maxResultSize allows 1073741824")
        .withMessageContaining("lower tasksPerStep");
    MultiLayerNetwork network = Examples.dense();
    SparkConf small = Sparks.local().getConf();
    assertThat(small.contains("spark.driver.maxResultSize")).isFalse();
    assertThat(network.getIterationCount()).isZero();
  }
}
