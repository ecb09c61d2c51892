package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alig.StepReport;
import dev.alig.nd4j.CsvStepLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** One weight of 0, input 1e20, label 1, squared error: loss 1, gradient -2e20 in float. */
class NormOverflowTest {
  @TempDir private Path folder;

  private final List<StepReport> reports = new ArrayList<>();

  private MultiLayerNetwork trained(boolean wide) throws IOException {
    AliGUpdater updater = AliGUpdater.builder().wideNorm(wide).build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(updater)
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(1)
                        .nOut(1)
                        .hasBias(false)
                        .build())
                .build());
    network.init();
    network.params().assign(0);
    try (CsvStepLog log = CsvStepLog.to(folder.resolve("steps.csv"))) {
      AliGTraining.attach(network, log, (optimizer, event) -> reports.add(event.report()));
      network.fit(new DataSet(Nd4j.valueArrayOf(1, 1, 1e20f), Nd4j.ones(1, 1)));
    }
    return network;
  }

  @Test
  void listenersHearOfIt() throws IOException {
    assertThat(trained(false).params().getDouble(0)).isZero();
    assertThat(reports).extracting(StepReport::normOverflowed).containsExactly(true);
    assertThat(reports.get(0).stepSizes()).containsExactly(0.0);
    assertThat(Files.readAllLines(folder.resolve("steps.csv")).get(1)).contains(",Infinity,1,");
  }

  @Test
  void theWideNormHasRoom() throws IOException {
    MultiLayerNetwork network = trained(true);
    assertThat(reports).extracting(StepReport::normOverflowed).containsExactly(false);
    assertThat(reports.get(0).stepSizes().get(0)).isCloseTo(2.5e-41, within(1e-46));
    assertThat(network.params().getDouble(0)).isCloseTo(5e-21, within(1e-24));
    assertThat(Files.readAllLines(folder.resolve("steps.csv")).get(1)).contains(",0,");
  }

  @Test
  void theConfigurationKeepsTheChoice() throws IOException {
    MultiLayerNetwork network = trained(true);
    var read = MultiLayerConfiguration.fromJson(network.getLayerWiseConfigurations().toJson());
    assertThat(read).isEqualTo(network.getLayerWiseConfigurations());
  }
}
