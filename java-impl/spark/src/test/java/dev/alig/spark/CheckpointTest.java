package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.alig.nd4j.StepListener;
import dev.alig.nd4j.dl4j.AliGUpdater;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Saved and resumed runs. */
class CheckpointTest {
  private static final int MICRO_BATCHES = 20;
  private static final int PER_STEP = 4;
  private static final int EPOCHS = 2;
  private static final long SEED = 5;
  private static final int EVERY = 3;

  @TempDir private Path folder;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Ends the run after the eighth step, in the second epoch. */
  private static final StepListener KILLER =
      (optimizer, event) -> {
        if (event.iteration() == 7) {
          throw new Killed();
        }
      };

  private SparkAliG.Builder builder(MultiLayerNetwork network, int tasks) {
    return SparkAliG.builder(Sparks.local(), network)
        .microBatchesPerStep(PER_STEP)
        .tasksPerStep(tasks)
        .seed(SEED)
        .checkpoints(folder, EVERY);
  }

  private static void fit(SparkAliG training, List<DataSet> data) {
    training.fit(Sparks.local().parallelize(data, 3), EPOCHS);
  }

  private void killedRun() {
    SparkAliG training = builder(Examples.noisy(), 2).listeners(KILLER).build();
    assertThatExceptionOfType(Killed.class)
        .isThrownBy(() -> fit(training, Examples.data(MICRO_BATCHES)));
  }

  private static MultiLayerNetwork serial() {
    return Serial.train(Examples.noisy(), Examples.data(MICRO_BATCHES), PER_STEP, EPOCHS, SEED);
  }

  @Test
  void aRunThatWasKilledGoesOnWithTheSameBits() throws IOException {
    killedRun();
    MultiLayerNetwork saved =
        MultiLayerNetwork.load(folder.resolve("checkpoint.zip").toFile(), true);
    assertThat(saved.getIterationCount()).isEqualTo(6);
    MultiLayerNetwork network = Examples.noisy();
    fit(builder(network, 3).resume().build(), Examples.data(MICRO_BATCHES));
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial()));
    assertThat(network.getEpochCount()).isEqualTo(EPOCHS);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("checkpoint.zip"));
    }
  }

  @Test
  void aRunThatHasEndedIsNotTrainedAgain() {
    fit(builder(Examples.noisy(), 2).resume().build(), Examples.data(MICRO_BATCHES));
    MultiLayerNetwork network = Examples.noisy();
    fit(builder(network, 1).resume().build(), Examples.data(MICRO_BATCHES));
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial()));
  }

  @Test
  void aGraphOnPathsGoesOnToo() {
    List<String> paths = List.of("0", "1", "2", "3", "4", "5", "6", "7");
    MicroBatchLoader<MultiDataSet> loader =
        path -> Examples.twoOutputs(8).get(Integer.parseInt(path));
    ComputationGraph killed = Examples.graph();
    SparkAliG first = graphBuilder(killed).listeners(KILLER).build();
    assertThatExceptionOfType(Killed.class)
        .isThrownBy(() -> first.fitMultiDataSetPaths(paths, loader, 5));
    ComputationGraph network = Examples.graph();
    graphBuilder(network).resume().build().fitMultiDataSetPaths(paths, loader, 5);
    ComputationGraph serial =
        Serial.train(Examples.graph(), Examples.twoOutputs(8), PER_STEP, 5, SEED);
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial));
  }

  private SparkAliG.Builder graphBuilder(ComputationGraph graph) {
    return SparkAliG.builder(Sparks.local(), graph)
        .microBatchesPerStep(PER_STEP)
        .seed(SEED)
        .checkpoints(folder, EVERY);
  }

  @Test
  void whatARunMustHaveInCommonWithTheCheckpointIsNamed() {
    killedRun();
    List<DataSet> data = Examples.data(MICRO_BATCHES);
    assertRefused(
        builder(Examples.noisy(), 2).seed(6).microBatchesPerStep(5),
        data,
        "microBatchesPerStep was 4, is 5; seed was 5, is 6");
    assertRefused(
        builder(Examples.noisy(), 2), data.subList(0, 19), "number of micro-batches was 20, is 19");
    List<DataSet> others = Examples.data(MICRO_BATCHES);
    others.get(11).getFeatures().putScalar(0, 1);
    assertRefused(builder(Examples.noisy(), 2), others, "checksum of the data was ");
    MultiLayerNetwork other =
        Examples.dense(AliGUpdater.builder().maxLearningRate(0.2).momentum(0.5).build());
    assertRefused(builder(other, 2), data, "the network's configuration was \"");
  }

  private static void assertRefused(SparkAliG.Builder builder, List<DataSet> data, String why) {
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(builder.resume().build(), data))
        .withMessageStartingWith("the checkpoint is of another run: ")
        .withMessageContaining(why);
  }

  @Test
  void aCheckpointIsNotOverwrittenUnasked() {
    killedRun();
    SparkAliG anew = builder(Examples.noisy(), 2).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(anew, Examples.data(MICRO_BATCHES)))
        .withMessageContaining("call resume()");
  }

  @Test
  void aFolderServesOneFit() {
    SparkAliG training = builder(Examples.noisy(), 2).build();
    fit(training, Examples.data(MICRO_BATCHES));
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(training, Examples.data(MICRO_BATCHES)))
        .withMessageContaining("another folder");
  }

  @Test
  void aWriteThatFailsLeavesTheOldCheckpoint() throws IOException {
    killedRun();
    Files.createDirectories(folder.resolve("checkpoint.zip.part").resolve("in the way"));
    SparkAliG resumed = builder(Examples.noisy(), 2).resume().build();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> fit(resumed, Examples.data(MICRO_BATCHES)))
        .withMessageContaining("cannot write the checkpoint");
    MultiLayerNetwork saved =
        MultiLayerNetwork.load(folder.resolve("checkpoint.zip").toFile(), true);
    assertThat(saved.getIterationCount()).isEqualTo(6);
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    Files.writeString(folder.resolve("checkpoint.zip"), "damaged");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> fit(builder(Examples.noisy(), 2).resume().build(), Examples.data(MICRO_BATCHES)))
        .withMessageContaining("cannot read the checkpoint")
        .withMessageContaining("remove it to start anew");
  }

  @Test
  void resumingNeedsAFolder() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SparkAliG.builder(Sparks.local(), Examples.dense())
                    .microBatchesPerStep(1)
                    .resume()
                    .build())
        .withMessageContaining("checkpoints(folder, everySteps)");
  }
}
