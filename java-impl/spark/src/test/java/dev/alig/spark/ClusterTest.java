package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.nd4j.StepListener;
import dev.alig.nd4j.dl4j.AliGTraining;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.dataset.DataSet;

/** Executors in processes of their own, which can be lost. */
class ClusterTest {
  private static final int MICRO_BATCHES = 20;
  private static final int PER_STEP = 4;
  private static final long SEED = 5;

  private static JavaSparkContext context;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    context = Sparks.cluster();
  }

  @AfterAll
  static void stop() {
    Sparks.stop();
  }

  private static SparkAliG.Builder builder(MultiLayerNetwork network) {
    return SparkAliG.builder(context, network)
        .microBatchesPerStep(PER_STEP)
        .tasksPerStep(3)
        .seed(SEED)
        .unequalExecutors(UnequalExecutors.REFUSE);
  }

  private static MultiLayerNetwork serial() {
    return Serial.train(Examples.noisy(), Examples.data(MICRO_BATCHES), PER_STEP, 2, SEED);
  }

  @Test
  void anExecutorThatHaltsInAStepLosesNothing() {
    String marker = folder.resolve("halted").toString();
    MultiLayerNetwork network = Examples.noisy();
    builder(network)
        .build()
        .fitPaths(
            IntStream.range(0, MICRO_BATCHES).mapToObj(Integer::toString).toList(),
            path -> {
              if (path.equals("9")) {
                haltOnce(Path.of(marker));
              }
              return Examples.microBatch(Integer.parseInt(path));
            },
            2);
    assertThat(Path.of(marker)).exists();
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial()));
  }

  private static void haltOnce(Path marker) throws IOException {
    try {
      Files.createFile(marker);
      Runtime.getRuntime().halt(1);
    } catch (FileAlreadyExistsException again) {
      // This is the repeated task.
    }
  }

  /** It takes cached data and files of the shuffle with it. */
  @Test
  void anExecutorThatIsKilledBetweenStepsLosesNothing() {
    StepListener killer =
        (optimizer, event) -> {
          if (event.iteration() == 4) {
            assertThat(Sparks.executors().get(0).destroyForcibly()).isTrue();
          }
        };
    MultiLayerNetwork network = Examples.noisy();
    builder(network)
        .listeners(killer)
        .build()
        .fit(context.parallelize(Examples.data(MICRO_BATCHES), 3), 2);
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial()));
  }

  /** An activation of one's own. */
  static final class OwnTanh extends ActivationTanH {
    private static final long serialVersionUID = 1;
  }

  private static MultiLayerNetwork withOwnPart() {
    return Examples.stack(
        Examples.base(Examples.UPDATER),
        InputType.feedForward(4),
        new DenseLayer.Builder().nOut(3).activation(new OwnTanh()).build(),
        new OutputLayer.Builder().nOut(3).build());
  }

  @Test
  void aPartOfTheUsersOwnIsMeasuredOnEachExecutor() {
    List<DataSet> data = Examples.data(PER_STEP);
    MultiLayerNetwork network = withOwnPart();
    AliGTraining.verifySlope(network, data.get(0));
    builder(network).build().fit(context.parallelize(data, 2), 1);
    MultiLayerNetwork serial = Serial.train(withOwnPart(), data, PER_STEP, 1, SEED);
    assertThat(Examples.state(network)).isEqualTo(Examples.state(serial));
  }
}
