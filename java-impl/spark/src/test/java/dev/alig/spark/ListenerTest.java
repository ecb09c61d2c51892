package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.nd4j.CsvStepLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

/** What can be seen of a run. */
class ListenerTest {
  private static final List<DataSet> DATA = Examples.data(6);

  @TempDir private Path folder;

  @Test
  void theStepLogIsThatOfOneProcess() throws IOException {
    Path serial = folder.resolve("serial.csv");
    Path spark = folder.resolve("spark.csv");
    try (CsvStepLog log = CsvStepLog.withParameterNorm(serial)) {
      Serial.train(Examples.noisy(), DATA, 2, 2, 1, log);
    }
    try (CsvStepLog log = CsvStepLog.withParameterNorm(spark)) {
      SparkAliG.builder(Sparks.local(), Examples.noisy())
          .microBatchesPerStep(2)
          .listeners(log)
          .build()
          .fit(Sparks.local().parallelize(DATA, 2), 2);
    }
    assertThat(Files.readAllLines(spark)).isEqualTo(Files.readAllLines(serial)).hasSize(7);
  }

  @Test
  void deeplearning4jsListenersHearOfEpochsAndIterations() {
    List<String> heard = new ArrayList<>();
    MultiLayerNetwork network = Examples.dense();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochStart(Model model) {
            heard.add("start");
          }

          @Override
          public void onEpochEnd(Model model) {
            heard.add("end");
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            heard.add(iteration + " in " + epoch);
          }
        });
    SparkAliG.builder(Sparks.local(), network)
        .microBatchesPerStep(3)
        .build()
        .fit(Sparks.local().parallelize(DATA, 2), 2);
    assertThat(heard)
        .containsExactly("start", "0 in 0", "1 in 0", "end", "start", "2 in 1", "3 in 1", "end");
  }

  @Test
  void sparkShowsWhichStepRuns() {
    List<String> descriptions = new ArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            descriptions.add(String.valueOf(start.properties().get("spark.job.description")));
          }
        };
    Sparks.local().sc().addSparkListener(listener);
    SparkAliG.builder(Sparks.local(), Examples.dense())
        .microBatchesPerStep(3)
        .build()
        .fit(Sparks.local().parallelize(DATA, 2), 1);
    Sparks.stop(); // all events have arrived then
    assertThat(descriptions).contains("ALI-G step 1 of 2", "ALI-G step 2 of 2");
  }
}
