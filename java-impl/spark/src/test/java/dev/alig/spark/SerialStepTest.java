package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Training on Spark gives the bits of the same training in one process. */
class SerialStepTest {
  private static final int MICRO_BATCHES = 22;
  private static final int PER_STEP = 9;
  private static final int EPOCHS = 2;
  private static final long SEED = 11;

  static Stream<Arguments> networks() {
    Supplier<MultiLayerNetwork> dense = Examples::dense;
    Supplier<MultiLayerNetwork> noisy = Examples::noisy;
    Supplier<MultiLayerNetwork> recurrent = Examples::recurrent;
    List<DataSet> data = Examples.data(MICRO_BATCHES);
    return Stream.concat(
        IntStream.of(1, 2, 3, 4, 8).mapToObj(k -> Arguments.of("noisy", noisy, data, k)),
        Stream.of(
            Arguments.of("dense", dense, data, 2),
            // In DOUBLE, which also shows the order of sums within a task.
            Arguments.of("recurrent", recurrent, Examples.series(MICRO_BATCHES), 1),
            Arguments.of("recurrent", recurrent, Examples.series(MICRO_BATCHES), 3)));
  }

  @ParameterizedTest(name = "{0}, {3} partitions and tasks")
  @MethodSource("networks")
  void theNumberOfPartitionsAndTasksChangesNoBit(
      String name, Supplier<MultiLayerNetwork> make, List<DataSet> data, int k) {
    MultiLayerNetwork serial = Serial.train(make.get(), data, PER_STEP, EPOCHS, SEED);
    MultiLayerNetwork network = make.get();
    SparkAliG.builder(Sparks.local(), network)
        .microBatchesPerStep(PER_STEP)
        .tasksPerStep(k)
        .seed(SEED)
        .build()
        .fit(Sparks.local().parallelize(data, k), EPOCHS);
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial));
    assertThat(network.score()).isEqualTo(serial.score());
    assertThat(network.getIterationCount()).isEqualTo(serial.getIterationCount());
    assertThat(network.getEpochCount()).isEqualTo(EPOCHS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aGraphMayHaveSeveralOutputs(int k) {
    List<MultiDataSet> data = Examples.twoOutputs(MICRO_BATCHES);
    ComputationGraph serial = Serial.train(Examples.graph(), data, PER_STEP, EPOCHS, SEED);
    ComputationGraph network = Examples.graph();
    SparkAliG.builder(Sparks.local(), network)
        .microBatchesPerStep(PER_STEP)
        .tasksPerStep(k)
        .seed(SEED)
        .build()
        .fitMultiDataSet(Sparks.local().parallelize(data, k), EPOCHS);
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial));
  }
}
