package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alig.StepReport;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks so small that loss, gradient and step are known in closed form. */
class SlopeInputsTest {
  private static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.1).eps(0).build();

  /** Three operations on numbers of this size. */
  private static final double ROUNDED = 1e-14;

  /** A layer of a user's own that does nothing. */
  static final class Nothing extends SameDiffLambdaLayer {
    private static final long serialVersionUID = 1;

    @Override
    public SDVariable defineLayer(SameDiff graph, SDVariable input) {
      return graph.identity(input);
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
      return input;
    }
  }

  private static MultiLayerNetwork oneWeight(double weight, Layer... layers) {
    var list = Nets.base(UPDATER).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    network.params().assign(weight);
    return network;
  }

  private static StepReport fit(
      MultiLayerNetwork network, AliGTraining training, INDArray input, double label) {
    network.fit(new DataSet(input, Nd4j.valueArrayOf(input.shape(), label, input.dataType())));
    return training.lastStep().orElseThrow().report();
  }

  @Test
  void dropoutOnTheOutputOfSeriesIsInTheLossAsInTheGradient() {
    MultiLayerNetwork network =
        oneWeight(
            1,
            new RnnOutputLayer.Builder(LossFunction.MSE)
                .nIn(1)
                .nOut(1)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .dropOut(new Dropout(0.5))
                .build());
    AliGTraining training = AliGTraining.attach(network);
    Nd4j.getRandom().setSeed(keeps());
    StepReport report =
        fit(network, training, Nd4j.ones(network.params().dataType(), 1, 1, 1), 0.2);
    assertThat(report.loss()).isCloseTo(3.24, within(ROUNDED));
    assertThat(report.gradientNorm()).isCloseTo(7.2, within(ROUNDED));
    assertThat(report.stepSizes().get(0)).isCloseTo(0.0625, within(ROUNDED));
  }

  /** A seed with which dropout keeps its first element. */
  private static long keeps() {
    for (long seed = 1; ; seed++) {
      Nd4j.getRandom().setSeed(seed);
      INDArray one = Nd4j.ones(DataType.DOUBLE, 1, 1);
      new Dropout(0.5).applyDropout(one, one, 0, 0, LayerWorkspaceMgr.noWorkspaces());
      if (one.getDouble(0) > 0) {
        return seed;
      }
    }
  }

  private static MultiLayerNetwork withLayersThatDoNothing(int number) {
    Layer[] layers = new Layer[number + 2];
    layers[0] =
        new DenseLayer.Builder()
            .nIn(1)
            .nOut(1)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build();
    for (int i = 1; i <= number; i++) {
      layers[i] = new Nothing();
    }
    layers[number + 1] =
        new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build();
    return oneWeight(1, layers);
  }

  @Test
  void aLayerOfTheUsersOwnThatDoesNothingChangesNothing() {
    INDArray input = Nd4j.ones(DataType.DOUBLE, 1, 1);
    for (int number = 0; number <= 3; number++) {
      MultiLayerNetwork network = withLayersThatDoNothing(number);
      if (number > 0) {
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> AliGTraining.attach(network))
            .withMessageContaining("SlopeInputsTest$Nothing")
            .withMessageContaining("call AliGTraining.verifySlope(network, data) before attach");
        assertThat(AliGTraining.verifySlope(network, new DataSet(input, input.mul(0.2))).right())
            .isTrue();
      }
      AliGTraining training = AliGTraining.attach(network);
      StepReport report = fit(network, training, input, 0);
      assertThat(report.loss()).isCloseTo(1, within(ROUNDED));
      assertThat(report.gradientNorm()).isCloseTo(2, within(ROUNDED));
      assertThat(report.stepSizes().get(0)).isEqualTo(0.1);
    }
  }
}
