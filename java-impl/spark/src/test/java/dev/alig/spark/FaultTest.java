package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.alig.NonFinite;
import dev.alig.nd4j.dl4j.AliGUpdater;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

/** Late, repeated and failing tasks. */
class FaultTest {
  private static final int MICRO_BATCHES = 12;
  private static final int PER_STEP = 4;
  private static final long SEED = 5;

  private static final List<String> PATHS =
      IntStream.range(0, MICRO_BATCHES).mapToObj(Integer::toString).toList();

  private static DataSet read(String path) {
    return Examples.microBatch(Integer.parseInt(path));
  }

  private static MultiLayerNetwork serial() {
    return Serial.train(Examples.noisy(), Examples.data(MICRO_BATCHES), PER_STEP, 1, SEED);
  }

  private static SparkAliG training(MultiLayerNetwork network) {
    return SparkAliG.builder(Sparks.local(), network)
        .microBatchesPerStep(PER_STEP)
        .tasksPerStep(PER_STEP)
        .seed(SEED)
        .build();
  }

  private static MultiLayerNetwork trained(MicroBatchLoader<DataSet> loader) {
    MultiLayerNetwork network = Examples.noisy();
    training(network).fitPaths(PATHS, loader, 1);
    return network;
  }

  @Test
  void theOrderOfArrivalChangesNoBit() {
    MultiLayerNetwork network =
        trained(
            path -> {
              Thread.sleep(Integer.parseInt(path) % 2 == 0 ? 60 : 0);
              return read(path);
            });
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial()));
  }

  @Test
  void aTaskThatFailsAtFirstIsRepeatedAndCountsOnce() {
    MultiLayerNetwork network =
        trained(
            path -> {
              if (List.of("1", "6").contains(path) && TaskContext.get().attemptNumber() == 0) {
                throw new IOException("not yet");
              }
              return read(path);
            });
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial()));
  }

  @Test
  void aMicroBatchThatCannotBeReadIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                trained(
                    path -> {
                      if (path.equals("6")) {
                        throw new IOException("no such record");
                      }
                      return read(path);
                    }))
        .withMessage("micro-batch 6 at 6 failed: java.io.IOException: no such record");
  }

  @Test
  void aMicroBatchThatDoesNotFitTheNetworkIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> trained(path -> path.equals("7") ? Examples.series(1).get(0) : read(path)))
        .withMessageStartingWith("micro-batch 7 at 7 failed: ");
  }

  @Test
  void aFirstMicroBatchThatDoesNotFitIsNamedToo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> trained(path -> Examples.series(1).get(0)))
        .withMessageStartingWith("micro-batch 0 failed: ");
  }

  @Test
  void anElementOfTheRddThatFailsIsNamed() {
    JavaRDD<DataSet> data =
        Sparks.local()
            .parallelize(PATHS, 2)
            .map(
                path -> {
                  if (path.equals("8")) {
                    throw new IOException("no such record");
                  }
                  return read(path);
                });
    assertThatIllegalStateException()
        .isThrownBy(() -> training(Examples.noisy()).fit(data, 1))
        .withMessageStartingWith("micro-batch 2 of partition 1 of the RDD failed: ")
        .withMessageContaining("no such record");
  }

  private static DataSet poisoned(String path) {
    DataSet data = read(path);
    if (path.equals("6")) {
      data.getFeatures().putScalar(0, Float.NaN);
    }
    return data;
  }

  private static MultiLayerNetwork with(NonFinite policy) {
    return Examples.dense(
        AliGUpdater.builder().maxLearningRate(0.3).momentum(0.5).nonFinite(policy).build());
  }

  @Test
  void whereNaNIsRefusedItsMicroBatchIsNamedAndTheStepIsNotTaken() {
    MultiLayerNetwork network = with(NonFinite.REFUSE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(network).fitPaths(PATHS, FaultTest::poisoned, 1))
        .withMessageContaining("not finite of micro-batch 6 at 6");
    MultiLayerNetwork before =
        Serial.train(with(NonFinite.REFUSE), Examples.data(PER_STEP), PER_STEP, 1, SEED);
    assertThat(Examples.state(network)).isEqualTo(Examples.state(before));
  }

  @Test
  void whereNaNIsSkippedTrainingGoesOnAsInOneProcess() {
    MultiLayerNetwork network = with(NonFinite.SKIP);
    training(network).fitPaths(PATHS, FaultTest::poisoned, 1);
    MultiLayerNetwork serial =
        Serial.train(
            with(NonFinite.SKIP),
            PATHS.stream().map(FaultTest::poisoned).toList(),
            PER_STEP,
            1,
            SEED);
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial));
  }

  @Test
  void dataThatChangeWhenTheyAreReadAgainAreRefused() {
    JavaRDD<DataSet> data =
        Sparks.local()
            .parallelize(PATHS, 2)
            .map(
                path -> {
                  DataSet set = read(path);
                  if (path.equals("9")) {
                    set.getFeatures().putScalar(0, new Random().nextFloat());
                  }
                  return set;
                });
    assertThatIllegalStateException()
        .isThrownBy(() -> training(Examples.noisy()).fit(data, 1))
        .withMessageStartingWith("micro-batch 9 is not what it was");
    JavaRDD<DataSet> once = data.persist(org.apache.spark.storage.StorageLevel.DISK_ONLY());
    training(Examples.noisy()).fit(once, 1);
    once.unpersist();
  }
}
