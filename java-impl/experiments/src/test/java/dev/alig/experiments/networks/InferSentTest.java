package dev.alig.experiments.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import dev.alig.nd4j.dl4j.SlopeReport;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

class InferSentTest {
  private static final int WORD_SIZE = 4;
  private static final int[] LABELS = {0, 1, 2, 1};

  /** Sentences of some numbers of words. */
  private static double[][][] side(long seed, int... words) {
    Random random = new Random(seed);
    double[][][] side = new double[words.length][][];
    for (int i = 0; i < words.length; i++) {
      side[i] = new double[words[i]][];
      for (int word = 0; word < words[i]; word++) {
        side[i][word] = random.doubles(WORD_SIZE, -2, 2).toArray();
      }
    }
    return side;
  }

  private static double[][][] first() {
    return side(1, 3, 7, 1, 4);
  }

  private static double[][][] second() {
    return side(2, 2, 1, 4, 3);
  }

  private static ComputationGraph random(ComputationGraph graph) {
    double[] values = new Random(3).doubles(graph.numParams(), -0.5, 0.5).toArray();
    graph.params().assign(Nd4j.createFromArray(values).castTo(graph.params().dataType()));
    return graph;
  }

  static Stream<Loss> losses() {
    return Stream.of(Loss.CROSS_ENTROPY, Loss.HINGE);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theSlopeOfTheLossIsTheGradient(Loss loss) {
    ComputationGraph graph =
        random(new InferSent(WORD_SIZE, 5, 6, loss).graph(new NoOp(), DataType.DOUBLE));
    MultiDataSet data =
        new MultiDataSet(
            SentencePairs.inputs(first(), second(), DataType.DOUBLE),
            new INDArray[] {SentencePairs.labels(LABELS, DataType.DOUBLE)});
    SlopeReport report = AliGTraining.verifySlope(graph, data);
    assertThat(report.right()).as(report.describe()).isTrue();
  }

  /** Longer words of the other side only add padding that the maximum does not see. */
  @Test
  void stepsBeyondASidesLongestSentenceChangeNothing() {
    ComputationGraph graph =
        random(new InferSent(WORD_SIZE, 5, 6, Loss.HINGE).graph(new NoOp(), DataType.DOUBLE));
    INDArray[] short4 = SentencePairs.inputs(side(1, 3, 2, 1, 4), second(), DataType.DOUBLE);
    INDArray[] long4 = SentencePairs.inputs(side(1, 3, 2, 1, 4), second(), DataType.DOUBLE);
    for (int i = 0; i < 4; i++) {
      long4[i] = Nd4j.concat(2, short4[i], Nd4j.ones(DataType.DOUBLE, 4, WORD_SIZE + 1, 3));
    }
    assertThat(graph.output(long4)[0].toDoubleMatrix())
        .isDeepEqualTo(graph.output(short4)[0].toDoubleMatrix());
  }

  /** The steps of the experiment are those of fit, to the bit. */
  @ParameterizedTest
  @MethodSource("losses")
  void aStepIsThatOfFit(Loss loss) {
    InferSent network = new InferSent(WORD_SIZE, 5, 6, loss);
    InferSentModel model =
        new InferSentModel(network, new OptimizerSettings.AliG(0.1, 0, 2), 1, DataType.FLOAT, 1, 1);
    ComputationGraph graph =
        network.graph(AliGUpdater.builder().maxLearningRate(0.1).l2Ball(2).build(), DataType.FLOAT);
    new FlatArrays(graph).restore(model.save());
    MultiDataSet data =
        new MultiDataSet(
            SentencePairs.inputs(first(), second(), DataType.FLOAT),
            new INDArray[] {SentencePairs.labels(LABELS, DataType.FLOAT)});
    AliGTraining.verifySlope(graph, data);
    AliGTraining.attach(graph);
    for (int step = 0; step < 3; step++) {
      model.step(first(), second(), LABELS, step);
      graph.fit(data);
    }
    assertThat(model.save().arrays().get("parameters"))
        .isEqualTo(new FlatArrays(graph).save().arrays().get("parameters"));
  }
}
