package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** What users measure themselves: what is found, what stays as it was, and what it opens. */
public class VerifySlopeTest {
  private static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build();

  /** Far more than the measurement is off. */
  private static final double ABOUT = 1e-4;

  /** An activation of a user's own, whose gradient has a factor that is to be 1. */
  static final class OwnTanH extends ActivationTanH {
    private static final long serialVersionUID = 1;

    /** DL4J would not save it. */
    private final transient double factor;

    OwnTanH(double factor) {
      this.factor = factor;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      return new Pair<>(super.backprop(in, epsilon).getFirst().muli(factor), null);
    }
  }

  /** A loss of a user's own, whose gradient is doubled. */
  static final class DoubledLoss extends LossMSE {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
      return super.computeGradient(labels, preOutput, activation, mask).muli(2);
    }
  }

  /** A vertex of a user's own that adds what comes in. */
  public static final class OwnSum extends SameDiffLambdaVertex {
    private static final long serialVersionUID = 1;

    /** DL4J makes it so. */
    public OwnSum() {}

    @Override
    public SDVariable defineVertex(SameDiff graph, VertexInputs inputs) {
      return inputs.getInput(0).add(inputs.getInput(1));
    }

    @Override
    public InputType getOutputType(int index, InputType... inputs) {
      return inputs[0];
    }
  }

  private static MultiLayerNetwork with(double factor) {
    return with(DataType.DOUBLE, factor);
  }

  private static MultiLayerNetwork with(DataType type, double factor) {
    return Nets.stack(
        Nets.base(UPDATER, type),
        Nets.dense().activation(new OwnTanH(factor)).build(),
        new BatchNormalization.Builder().build(),
        Nets.dense().dropOut(new Dropout(0.7)).build(),
        Nets.softmax().build());
  }

  @Test
  void aRightGradientIsFoundRightInDoubleAndInFloat() {
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      SlopeReport report = AliGTraining.verifySlope(with(type, 1), Nets.data(type));
      assertThat(report.slope()).isCloseTo(1, within(ABOUT));
      assertThat(report.right()).as(report.describe()).isTrue();
      assertThat(report.wrongParts()).isEmpty();
    }
  }

  @Test
  void theLayerWhoseGradientIsWrongIsNamed() {
    SlopeReport report = AliGTraining.verifySlope(with(2), Nets.data());
    assertThat(report.right()).isFalse();
    assertThat(report.wrongParts())
        .extracting(SlopeReport.Part::parameter)
        .containsExactly("0_W", "0_b");
    assertThat(report.wrongParts().get(0).slope()).isCloseTo(0.5, within(ABOUT));
    assertThat(report.describe()).contains("0_W 0.5");
  }

  @Test
  void aDoubledLossHalvesTheSlopeAndIsRefusedWithWhatWasFound() {
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(UPDATER),
            Nets.dense().build(),
            new OutputLayer.Builder(new DoubledLoss())
                .nOut(Nets.CLASSES)
                .activation(Activation.IDENTITY)
                .build());
    SlopeReport report = AliGTraining.verifySlope(network, Nets.data());
    assertThat(report.slope()).isCloseTo(0.5, within(ABOUT));
    assertThat(report.right()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AliGTraining.attach(network))
        .withMessageContaining("DoubledLoss is not known to ALI-G")
        .withMessageContaining("verifySlope found the gradient wrong: slope 0.5");
  }

  @Test
  void aNetworkIsLetThroughOnceItIsFoundRightAndAnotherOfTheSameConfigurationToo() {
    MultiLayerNetwork network = with(1);
    AliGTraining.verifySlope(network, Nets.data());
    AliGTraining.attach(network);
    network.fit(Nets.data());
    AliGTraining.attach(with(1));
    AliGTraining.attach(network.clone());
  }

  @Test
  void aNetworkOfAnotherConfigurationIsNot() {
    AliGTraining.verifySlope(with(1), Nets.data());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AliGTraining.attach(with(1.5)))
        .withMessageContaining("OwnTanH is not known");
    MultiLayerNetwork larger =
        Nets.stack(
            Nets.base(UPDATER),
            Nets.dense().nOut(7).activation(new OwnTanH(1)).build(),
            Nets.softmax().build());
    assertThatIllegalArgumentException().isThrownBy(() -> AliGTraining.attach(larger));
  }

  @Test
  void everythingStaysAsItWas() {
    MultiLayerNetwork network = with(1);
    AliGTraining.verifySlope(network, Nets.data());
    AliGTraining.attach(network);
    network.fit(Nets.data());
    List<Double> parameters = Nets.values(network);
    List<Double> state = Nets.values(network.getUpdater().getStateViewArray());
    int iterations = network.getIterationCount();
    double score = network.score();
    drawSome();
    INDArray expected = Nd4j.rand(DataType.DOUBLE, 5);
    DataSet data = Nets.data();
    List<Double> features = Nets.values(data.getFeatures());
    drawSome();
    AliGTraining.verifySlope(network, data);
    assertThat(Nets.values(Nd4j.rand(DataType.DOUBLE, 5))).isEqualTo(Nets.values(expected));
    assertThat(Nets.values(network)).isEqualTo(parameters);
    assertThat(Nets.values(network.getUpdater().getStateViewArray())).isEqualTo(state);
    assertThat(network.getIterationCount()).isEqualTo(iterations);
    assertThat(network.score()).isEqualTo(score);
    assertThat(Nets.values(data.getFeatures())).isEqualTo(features);
    network.fit(data);
  }

  /** The random state is then not the one that its seed starts with. */
  private static void drawSome() {
    Nd4j.getRandom().setSeed(7);
    Nd4j.rand(DataType.DOUBLE, 3);
  }

  private static ComputationGraph graph(DataType type) {
    return Nets.graph(
        Nets.base(UPDATER, type)
            .graphBuilder()
            .addInputs("in")
            .addLayer("a", Nets.dense().build(), "in")
            .addLayer("b", Nets.dense().build(), "a")
            .addVertex("inner", new OwnSum(), "a", "b")
            .addVertex("skip", new ElementWiseVertex(ElementWiseVertex.Op.Add), "inner", "a")
            .addVertex("outer", new OwnSum(), "skip", "b")
            .addLayer("out", Nets.softmax().build(), "outer"),
        "out");
  }

  @Test
  void verticesBuiltOnSameDiffAfterEachOtherAndBesideOtherPaths() {
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      ComputationGraph network = graph(type);
      MultiDataSet data =
          new MultiDataSet(
              new INDArray[] {Nets.data(type).getFeatures()},
              new INDArray[] {Nets.data(type).getLabels()});
      network.output(data.getFeatures());
      SlopeReport report = AliGTraining.verifySlope(network, data);
      assertThat(report.right()).as(report.describe()).isTrue();
      AliGTraining training = AliGTraining.attach(network);
      network.fit(data);
      assertThat(training.lastStep()).isPresent();
      assertThat(network.getConfiguration().getDataType()).isEqualTo(type);
    }
  }

  @Test
  void masksMayBeNullAltogetherOrOneByOne() {
    ComputationGraph network = Nets.twoOutputs(UPDATER);
    INDArray[] features = {Nets.data().getFeatures()};
    INDArray[] labels = {Nets.data().getLabels(), Nets.data().getLabels()};
    INDArray mask = Nd4j.createFromArray(1.0, 1, 0, 1, 0, 1).reshape(Nets.EXAMPLES, 1);
    for (INDArray[] masks : new INDArray[][] {null, {null, null}, {mask, null}}) {
      MultiDataSet data = new MultiDataSet(features, labels, new INDArray[] {null}, masks);
      assertThat(AliGTraining.verifySlope(network, data).right()).isTrue();
      AliGTraining training = AliGTraining.attach(network);
      network.fit(data);
      assertThat(training.lastStep()).isPresent();
    }
  }

  @Test
  void aNetworkWithAnotherUpdaterIsMeasuredAsWell() {
    MultiLayerNetwork network = Nets.mlp(new Adam(0.1));
    assertThat(AliGTraining.verifySlope(network, Nets.data()).right()).isTrue();
  }

  @Test
  void aMeanLossOfGradientsThatAreSumsIsFoundByItsFactor() {
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(UPDATER).miniBatch(false),
            Nets.dense().nOut(Nets.CLASSES).build(),
            new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build());
    assertThat(AliGTraining.verifySlope(network, Nets.data()).slope())
        .isCloseTo(1.0 / Nets.EXAMPLES, within(ABOUT));
  }

  @Test
  void unitsOnTheKinkOfReluAreNoError() {
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(UPDATER),
            Nets.dense().activation(Activation.RELU).build(),
            Nets.dense().activation(Activation.RELU).build(),
            Nets.softmax().build());
    DataSet data = Nets.data();
    data.getFeatures().putRow(0, Nd4j.zeros(DataType.DOUBLE, Nets.FEATURES));
    SlopeReport report = AliGTraining.verifySlope(network, data);
    assertThat(report.right()).as(report.describe()).isTrue();
  }

  @Test
  void dataWithoutAGradientAreRefused() {
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(UPDATER),
            Nets.dense().build(),
            new OutputLayer.Builder(new LossMSE())
                .nOut(Nets.CLASSES)
                .activation(Activation.IDENTITY)
                .build());
    DataSet data = Nets.data();
    data.getFeatures().assign(Double.NaN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AliGTraining.verifySlope(network, data))
        .withMessageContaining("the norm of the gradient is NaN on these data");
  }

  @Test
  void aNetworkThatIsNotInitializedIsRefused() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(Nets.mlp(UPDATER).getLayerWiseConfigurations());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> AliGTraining.verifySlope(network, Nets.data()))
        .withMessageContaining("not initialized");
  }
}
