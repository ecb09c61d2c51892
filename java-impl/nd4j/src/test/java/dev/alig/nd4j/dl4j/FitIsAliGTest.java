package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.StepEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Training by fit is the plain optimizer on the same vector, bit for bit. */
class FitIsAliGTest {
  private static final int STEPS = 12;
  private static final double CAP = 0.5;

  static Stream<Arguments> settings() {
    List<Arguments> all = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16)) {
      for (double momentum : new double[] {0, 0.5}) {
        for (MomentumForm form : MomentumForm.values()) {
          for (double radius : new double[] {2, Double.POSITIVE_INFINITY}) {
            all.add(Arguments.of(type, momentum, form, radius));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aStackIsOneVector(DataType type, double momentum, MomentumForm form, double radius) {
    AliGUpdater updater = updater(CAP, momentum, form, radius);
    MultiLayerNetwork fitted = Nets.mlp(updater, type);
    MultiLayerNetwork byHand = Nets.mlp(updater, type);
    AliGTraining training = AliGTraining.attach(fitted);
    AliG optimizer =
        AliG.builder()
            .settings(settings(form, radius))
            .group(new GroupSettings(CAP, momentum), byHand.params())
            .build();
    assertThat(Nets.values(fitted)).isEqualTo(Nets.values(byHand));
    DataSet data = Nets.data(type);
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      StepReport report = optimizer.step(loss(byHand, data), meanGradient(byHand));
      assertThat(training.lastStep()).contains(new StepEvent(i, 0, report));
      assertThat(Nets.values(fitted)).isEqualTo(Nets.values(byHand));
    }
    assertThat(Nets.values(fitted)).isNotEqualTo(Nets.values(Nets.mlp(updater, type)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void layersWithUpdatersOfTheirOwnAreGroups(
      DataType type, double momentum, MomentumForm form, double radius) {
    AliGUpdater first = updater(CAP, momentum, form, radius);
    AliGUpdater second = updater(0.01, 0.25, form, radius);
    MultiLayerNetwork fitted = grouped(first, second, type);
    MultiLayerNetwork byHand = grouped(first, second, type);
    AliGTraining training = AliGTraining.attach(fitted);
    long middle = byHand.getLayer(0).numParams();
    long last = middle + byHand.getLayer(1).numParams();
    INDArray w = byHand.params();
    AliG optimizer =
        AliG.builder()
            .settings(settings(form, radius))
            .group(new GroupSettings(CAP, momentum), part(w, 0, middle), part(w, last, w.length()))
            .group(new GroupSettings(0.01, 0.25), part(w, middle, last))
            .build();
    DataSet data = Nets.data(type);
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      double loss = loss(byHand, data);
      INDArray g = meanGradient(byHand);
      StepReport report =
          optimizer.step(
              loss, part(g, 0, middle), part(g, last, w.length()), part(g, middle, last));
      assertThat(training.lastStep()).contains(new StepEvent(i, 0, report));
      assertThat(Nets.values(fitted)).isEqualTo(Nets.values(byHand));
    }
    assertThat(training.groups())
        .containsExactly(
            new ParameterGroup(first, List.of("0_W", "0_b", "2_W", "2_b")),
            new ParameterGroup(second, List.of("1_W", "1_b")));
  }

  @Test
  void aGraphsLossIsTheSumOfItsOutputs() {
    AliGUpdater updater = updater(CAP, 0.5, MomentumForm.STANDARD, 2);
    ComputationGraph fitted = Nets.twoOutputs(updater);
    ComputationGraph byHand = Nets.twoOutputs(updater);
    AliGTraining training = AliGTraining.attach(fitted);
    AliG optimizer =
        AliG.builder()
            .maxLearningRate(CAP)
            .momentum(0.5)
            .l2Ball(2)
            .parameters(byHand.params())
            .build();
    MultiDataSet data =
        new MultiDataSet(
            new INDArray[] {Nets.data().getFeatures()},
            new INDArray[] {Nets.classes(Nets.EXAMPLES), Nets.normal(Nets.EXAMPLES, Nets.CLASSES)});
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      byHand.setInputs(data.getFeatures());
      byHand.setLabels(data.getLabels());
      byHand.computeGradientAndScore();
      INDArray gradient = byHand.gradient().gradient().div(Nets.EXAMPLES);
      StepReport report = optimizer.step(byHand.score(), gradient);
      assertThat(training.lastStep()).contains(new StepEvent(i, 0, report));
      assertThat(Nets.values(fitted)).isEqualTo(Nets.values(byHand));
    }
  }

  @Test
  void withoutMiniBatchLossAndGradientAreSums() {
    AliGUpdater updater = updater(CAP, 0.5, MomentumForm.STANDARD, 2);
    MultiLayerNetwork fitted = sums(updater);
    MultiLayerNetwork byHand = sums(updater);
    AliGTraining.attach(fitted);
    AliG optimizer =
        AliG.builder()
            .maxLearningRate(CAP)
            .momentum(0.5)
            .l2Ball(2)
            .parameters(byHand.params())
            .build();
    DataSet data = Nets.data();
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      optimizer.step(loss(byHand, data), byHand.gradient().gradient());
      assertThat(Nets.values(fitted)).isEqualTo(Nets.values(byHand));
    }
  }

  @Test
  void biasesMayHaveACapOfTheirOwn() {
    AliGUpdater weights = updater(CAP, 0.5, MomentumForm.STANDARD, 2);
    AliGUpdater biases = updater(0.01, 0, MomentumForm.STANDARD, 2);
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(weights).biasUpdater(biases), Nets.dense().build(), Nets.softmax().build());
    AliGTraining training = AliGTraining.attach(network);
    network.fit(Nets.data());
    assertThat(training.groups())
        .containsExactly(
            new ParameterGroup(weights, List.of("0_W", "1_W")),
            new ParameterGroup(biases, List.of("0_b", "1_b")));
    assertThat(training.lastStep().orElseThrow().report().stepSizes().get(1)).isEqualTo(0.01);
  }

  private static AliGUpdater updater(
      double cap, double momentum, MomentumForm form, double radius) {
    return AliGUpdater.builder()
        .maxLearningRate(cap)
        .momentum(momentum)
        .momentumForm(form)
        .l2Ball(radius)
        .build();
  }

  private static Settings settings(MomentumForm form, double radius) {
    return Settings.builder().momentumForm(form).ball(new L2Ball(radius)).build();
  }

  private static MultiLayerNetwork grouped(
      AliGUpdater updater, AliGUpdater ofTheMiddle, DataType type) {
    return Nets.stack(
        Nets.base(updater, type),
        Nets.dense().build(),
        Nets.dense().updater(ofTheMiddle).build(),
        Nets.softmax().build());
  }

  private static MultiLayerNetwork sums(AliGUpdater updater) {
    return Nets.stack(
        Nets.base(updater).miniBatch(false), Nets.dense().build(), Nets.softmax().build());
  }

  private static double loss(MultiLayerNetwork network, DataSet data) {
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.score();
  }

  private static INDArray meanGradient(MultiLayerNetwork network) {
    return network.gradient().gradient().div(Nets.EXAMPLES);
  }

  private static INDArray part(INDArray flat, long from, long to) {
    return flat.reshape(flat.length()).get(NDArrayIndex.interval(from, to));
  }
}
