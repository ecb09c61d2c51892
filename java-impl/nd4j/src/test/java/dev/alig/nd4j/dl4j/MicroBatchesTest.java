package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.alig.StepReport;
import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.GradientSum.Total;
import dev.alig.nd4j.StateException;
import dev.alig.nd4j.StepEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A step on the gradients of several micro-batches. */
class MicroBatchesTest {
  private static final int STEPS = 6;
  private static final long SEED = 11;

  private static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.3).momentum(0.5).l2Ball(2).build();

  /** Examples whose number is a power of two, so that products with it and quotients are exact. */
  private static DataSet eight(DataType type) {
    return new DataSet(Nets.normal(8, Nets.FEATURES).castTo(type), Nets.classes(8).castTo(type));
  }

  /** Parts of different sizes. */
  private static List<DataSet> parts(DataSet data) {
    List<DataSet> parts = new ArrayList<>();
    int from = 0;
    for (int size : new int[] {3, 1, 2, 2}) {
      parts.add((DataSet) data.getRange(from, from + size));
      from += size;
    }
    return parts;
  }

  private static GradientSum sum(AliGTraining training, List<DataSet> parts, int... order) {
    return IntStream.of(order)
        .mapToObj(i -> training.gradient(parts.get(i), i, SEED))
        .reduce(GradientSum::plus)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void ofOneMicroBatchItIsTheStepOfFit(DataType type) {
    MultiLayerNetwork fitted = Nets.mlp(UPDATER, type);
    MultiLayerNetwork summed = Nets.mlp(UPDATER, type);
    AliGTraining fit = AliGTraining.attach(fitted);
    AliGTraining training = AliGTraining.attach(summed);
    DataSet data = eight(type);
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      StepReport report = training.step(training.gradient(data, 0, SEED));
      assertThat(fit.lastStep()).contains(new StepEvent(i, 0, report));
      assertThat(training.lastStep()).isEqualTo(fit.lastStep());
      assertThat(Nets.values(summed)).isEqualTo(Nets.values(fitted));
      assertThat(summed.score()).isEqualTo(fitted.score());
    }
    assertThat(summed.getIterationCount()).isEqualTo(STEPS);
  }

  /** The sums of the parts have another order, which caps and momentum enlarge little. */
  @Test
  void ofSeveralItIsTheStepOnAllExamples() {
    MultiLayerNetwork fitted = Nets.mlp(UPDATER);
    MultiLayerNetwork summed = Nets.mlp(UPDATER);
    AliGTraining.attach(fitted);
    AliGTraining training = AliGTraining.attach(summed);
    DataSet data = eight(DataType.DOUBLE);
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      training.step(sum(training, parts(data), 0, 1, 2, 3));
      assertClose(summed, fitted);
      // From the same state, so that differences do not add up.
      summed.setParams(fitted.params().dup());
      summed.getUpdater().getStateViewArray().assign(fitted.getUpdater().getStateViewArray());
    }
  }

  /** 1e3 roundings of the gradient, each of which moves the parameters by at most the cap. */
  private static void assertClose(MultiLayerNetwork summed, MultiLayerNetwork fitted) {
    Offset<Double> allowed = within(1e3 * 0x1p-53);
    List<Double> expected = Nets.values(fitted);
    List<Double> found = Nets.values(summed);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), allowed);
    }
    assertThat(summed.score()).isCloseTo(fitted.score(), allowed);
  }

  static Stream<Arguments> networks() {
    Function<AliGUpdater, MultiLayerNetwork> plain = Nets::mlp;
    Function<AliGUpdater, MultiLayerNetwork> normalized = MicroBatchesTest::normalized;
    return Stream.of(Arguments.of("plain", plain), Arguments.of("normalized", normalized));
  }

  /** Batch normalization and dropout. */
  private static MultiLayerNetwork normalized(AliGUpdater updater) {
    return Nets.stack(
        Nets.base(updater),
        Nets.dense().build(),
        new BatchNormalization.Builder().build(),
        new DropoutLayer.Builder(0.7).build(),
        Nets.softmax().build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void theOrderOfTheSumsChangesNoBit(String name, Function<AliGUpdater, MultiLayerNetwork> make)
      throws StateException {
    MultiLayerNetwork first = make.apply(UPDATER);
    MultiLayerNetwork second = make.apply(UPDATER);
    AliGTraining training = AliGTraining.attach(first);
    AliGTraining other = AliGTraining.attach(second);
    List<DataSet> parts = List.of(examples(1), examples(2), examples(3), examples(4), examples(5));
    for (int i = 0; i < STEPS; i++) {
      training.step(sum(training, parts, 0, 1, 2, 3, 4));
      GradientSum odd = sum(other, parts, 3, 1);
      GradientSum even = GradientSum.fromBytes(sum(other, parts, 4, 0, 2).toBytes());
      other.step(even.plus(odd));
      assertThat(Nets.values(second)).isEqualTo(Nets.values(first));
    }
  }

  private static DataSet examples(int seed) {
    Nd4j.getRandom().setSeed(seed);
    return new DataSet(Nd4j.randn(DataType.DOUBLE, 4, Nets.FEATURES), Nets.classes(4));
  }

  /** Each part moves them as fit would, in the proportion of its examples. */
  @Test
  void runningStatisticsMoveByTheMeanOfTheParts() {
    String[] names = {"1_mean", "1_log10stdev"};
    MultiLayerNetwork start = normalized(UPDATER);
    MultiLayerNetwork summed = normalized(UPDATER);
    AliGTraining training = AliGTraining.attach(summed);
    DataSet data = eight(DataType.DOUBLE);
    List<DataSet> parts = List.of((DataSet) data.getRange(0, 5), (DataSet) data.getRange(5, 8));
    training.step(sum(training, parts, 0, 1));
    List<Double> expected = new ArrayList<>(Nets.values(start, names));
    for (DataSet part : parts) {
      MultiLayerNetwork fitted = normalized(UPDATER);
      AliGTraining.attach(fitted);
      fitted.fit(part);
      List<Double> moved = Nets.values(fitted, names);
      List<Double> before = Nets.values(start, names);
      for (int i = 0; i < expected.size(); i++) {
        double share = part.numExamples() / 8.0;
        expected.set(i, expected.get(i) + share * (moved.get(i) - before.get(i)));
      }
    }
    List<Double> found = Nets.values(summed, names);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), within(16 * 0x1p-53));
    }
    assertThat(found).isNotEqualTo(Nets.values(start, names));
  }

  @Test
  void dropoutIsDrawnFromSeedIterationAndIndexAlone() {
    MultiLayerNetwork network = normalized(UPDATER);
    AliGTraining training = AliGTraining.attach(network);
    DataSet data = eight(DataType.DOUBLE);
    Nd4j.getRandom().setSeed(77);
    double next = Nd4j.getRandom().nextDouble();
    Nd4j.getRandom().setSeed(77);
    byte[] first = training.gradient(data, 0, SEED).toBytes();
    assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(next);
    assertThat(training.gradient(data, 0, SEED).toBytes()).isEqualTo(first);
    double loss = training.gradient(data, 0, SEED).total().loss();
    assertThat(training.gradient(data, 0, SEED + 1).total().loss()).isNotEqualTo(loss);
    Total both = training.gradient(data, 0, SEED).plus(training.gradient(data, 1, SEED)).total();
    assertThat(both.loss()).isNotEqualTo(2 * loss);
    training.step(training.gradient(data, 0, SEED));
    assertThat(training.gradient(data, 0, SEED).total().loss()).isNotEqualTo(loss);
  }

  @Test
  void aGradientChangesNothing() {
    MultiLayerNetwork network = normalized(UPDATER);
    AliGTraining training = AliGTraining.attach(network);
    List<Double> before = Nets.values(network);
    DataSet data = eight(DataType.DOUBLE);
    List<Double> features = Nets.values(data.getFeatures());
    training.gradient(data, 0, SEED);
    assertThat(Nets.values(network)).isEqualTo(before);
    assertThat(Nets.values(data.getFeatures())).isEqualTo(features);
    assertThat(network.getIterationCount()).isZero();
    assertThat(training.lastStep()).isEmpty();
  }

  @Test
  void schedulesConstraintsAndListenersWorkAsInFit() {
    AliGUpdater scheduled =
        AliGUpdater.builder()
            .maxLearningRate(
                new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 0.3).add(2, 0.01).build())
            .build();
    List<List<String>> heard = List.of(new ArrayList<>(), new ArrayList<>());
    List<MultiLayerNetwork> networks = new ArrayList<>();
    for (List<String> log : heard) {
      MultiLayerNetwork network =
          Nets.stack(
              Nets.base(scheduled).constrainWeights(new MaxNormConstraint(0.4, 1)),
              Nets.dense().build(),
              Nets.softmax().build());
      network.setListeners(logging(log));
      networks.add(network);
    }
    AliGTraining.attach(networks.get(0));
    AliGTraining training = AliGTraining.attach(networks.get(1));
    DataSet data = eight(DataType.DOUBLE);
    for (int i = 0; i < STEPS; i++) {
      networks.get(0).fit(data);
      training.step(training.gradient(data, 0, SEED));
      assertThat(Nets.values(networks.get(1))).isEqualTo(Nets.values(networks.get(0)));
    }
    assertThat(heard.get(1)).isEqualTo(heard.get(0)).hasSize(2 * STEPS);
  }

  private static BaseTrainingListener logging(List<String> log) {
    return new BaseTrainingListener() {
      @Override
      public void onGradientCalculation(Model model) {
        log.add("gradient %s %s".formatted(model.score(), norm(model.gradient().gradient())));
      }

      @Override
      public void iterationDone(Model model, int iteration, int epoch) {
        log.add("%d %d %s".formatted(iteration, epoch, Nets.values(model)));
      }
    };
  }

  private static double norm(INDArray array) {
    return array.norm2Number().doubleValue();
  }

  @Test
  void aGraphMayHaveSeveralOutputs() {
    ComputationGraph fitted = Nets.twoOutputs(UPDATER);
    ComputationGraph summed = Nets.twoOutputs(UPDATER);
    AliGTraining.attach(fitted);
    AliGTraining training = AliGTraining.attach(summed);
    MultiDataSet data =
        new MultiDataSet(
            new INDArray[] {Nets.normal(8, Nets.FEATURES)},
            new INDArray[] {Nets.classes(8), Nets.normal(8, Nets.CLASSES)});
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      training.step(training.gradient(data, 0, SEED));
      assertThat(Nets.values(summed)).isEqualTo(Nets.values(fitted));
    }
    assertThat(summed.getIterationCount()).isEqualTo(STEPS);
    MultiDataSet unequal =
        new MultiDataSet(
            new INDArray[] {Nets.normal(2, Nets.FEATURES)},
            new INDArray[] {Nets.classes(2), Nets.normal(1, Nets.CLASSES)});
    assertThat(catchThrowable(() -> training.gradient(unequal, 0, 1)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void sumsThatAreNoMeansAreAddedUp() {
    MultiLayerNetwork fitted = sums();
    MultiLayerNetwork summed = sums();
    AliGTraining.attach(fitted);
    AliGTraining training = AliGTraining.attach(summed);
    DataSet data = eight(DataType.DOUBLE);
    fitted.fit(data);
    training.step(sum(training, parts(data), 0, 1, 2, 3));
    assertClose(summed, fitted);
  }

  private static MultiLayerNetwork sums() {
    return Nets.stack(
        Nets.base(UPDATER).miniBatch(false), Nets.dense().build(), Nets.softmax().build());
  }

  @Test
  void fitGoesOnAfterAStepOnASum() {
    MultiLayerNetwork fitted = Nets.mlp(UPDATER);
    MultiLayerNetwork mixed = Nets.mlp(UPDATER);
    AliGTraining.attach(fitted);
    AliGTraining training = AliGTraining.attach(mixed);
    DataSet data = eight(DataType.DOUBLE);
    for (int i = 0; i < STEPS; i++) {
      fitted.fit(data);
      if (i % 2 == 0) {
        mixed.fit(data);
      } else {
        training.step(training.gradient(data, 0, SEED));
      }
    }
    assertThat(Nets.values(mixed)).isEqualTo(Nets.values(fitted));
  }

  @Test
  void aSumOfAnotherStepIsRefusedAndNothingChanges() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    AliGTraining training = AliGTraining.attach(network);
    DataSet data = eight(DataType.DOUBLE);
    GradientSum old = training.gradient(data, 0, SEED);
    training.step(old);
    List<Double> before = new ArrayList<>(Nets.values(network));
    assertThatIllegalStateException()
        .isThrownBy(() -> training.step(old))
        .withMessageContaining("the gradients are those of iteration 0")
        .withMessageContaining("the model is at iteration 1");
    network.params().putScalar(0, 0.125);
    before.set(0, 0.125);
    GradientSum stale = training.gradient(data, 0, SEED);
    network.params().putScalar(0, 0.25);
    before.set(0, 0.25);
    assertThatIllegalStateException()
        .isThrownBy(() -> training.step(stale))
        .withMessageContaining("compute the gradients of all micro-batches");
    assertThatIllegalStateException()
        .isThrownBy(() -> training.step(training.gradient(data, 1, SEED)))
        .withMessageContaining("micro-batch 0 is missing");
    assertThat(Nets.values(network)).isEqualTo(before);
    assertThat(network.getIterationCount()).isOne();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.gradient(data, -1, SEED))
        .withMessageContaining("was -1");
  }

  @Test
  void withoutAttachmentThereIsNoGradient() {
    MultiLayerNetwork network = Nets.mlp(UPDATER);
    AliGTraining training = AliGTraining.attach(network);
    DataSet data = eight(DataType.DOUBLE);
    GradientSum sum = training.gradient(data, 0, SEED);
    network.clear();
    assertThatIllegalStateException()
        .isThrownBy(() -> training.gradient(data, 0, SEED))
        .withMessageContaining("ALI-G is not attached to this network");
    assertThatIllegalStateException()
        .isThrownBy(() -> training.step(sum))
        .withMessageContaining("ALI-G is not attached to this network");
  }

  @Test
  void truncatedBackPropagationIsRefused() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Nets.base(UPDATER)
                .list()
                .layer(new LSTM.Builder().nOut(3).build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(2))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(2)
                .build());
    network.init();
    AliGTraining training = AliGTraining.attach(network);
    DataSet data = new DataSet(Nets.normal(2, 2, 4), Nets.normal(2, 2, 4));
    assertThatIllegalStateException()
        .isThrownBy(() -> training.gradient(data, 0, SEED))
        .withMessageContaining("BackpropType.Standard");
  }
}
