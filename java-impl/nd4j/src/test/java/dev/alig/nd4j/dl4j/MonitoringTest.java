package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alig.StepReport;
import dev.alig.nd4j.CsvStepLog;
import dev.alig.nd4j.StepEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
  private static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build();
  private static final AliGUpdater OTHER = AliGUpdater.builder().maxLearningRate(0.01).build();

  @TempDir Path folder;

  private final MultiLayerNetwork network =
      Nets.stack(Nets.base(UPDATER), Nets.dense().build(), Nets.softmax().updater(OTHER).build());

  @Test
  void listenersHearOfEachStepInTurn() {
    List<String> heard = new ArrayList<>();
    AliGTraining training = AliGTraining.attach(network, (optimizer, event) -> heard.add("first"));
    training.addListener((optimizer, event) -> heard.add("second"));
    network.fit(Nets.data());
    network.fit(Nets.data());
    assertThat(heard).containsExactly("first", "second", "first", "second");
  }

  @Test
  void beforeTheFirstStepThereIsNoLastOne() {
    assertThat(AliGTraining.attach(network).lastStep()).isEmpty();
  }

  @Test
  void theParametersNormIsThatAfterTheStep() {
    List<Double> norms = new ArrayList<>();
    AliGTraining.attach(network, (optimizer, event) -> norms.add(optimizer.parameterNorm()));
    network.fit(Nets.data());
    double norm = Math.sqrt(Nets.values(network).stream().mapToDouble(x -> x * x).sum());
    assertThat(norms.get(0)).isCloseTo(norm, within(1e-13 * norm));
  }

  @Test
  void aFileHasALineForEachStep() throws IOException {
    Path file = folder.resolve("steps.csv");
    List<StepEvent> events = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    try (CsvStepLog log = CsvStepLog.withParameterNorm(file)) {
      AliGTraining.attach(network, log);
      AliGTraining.attach(
          network,
          log,
          (optimizer, event) -> {
            events.add(event);
            norms.add(optimizer.parameterNorm());
          });
      network.fit(Nets.data());
      network.fit(Nets.data());
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .hasSize(3)
        .startsWith(
            "iteration,epoch,outcome,loss,unclipped_step_size,gradient_norm,"
                + "norm_overflowed,step_size_0,step_size_1,parameter_norm");
    for (int i = 0; i < 2; i++) {
      String[] values = lines.get(i + 1).split(",", -1);
      StepReport report = events.get(i).report();
      assertThat(Arrays.copyOf(values, 3)).containsExactly("" + i, "0", "TAKEN");
      assertThat(Arrays.stream(values).skip(3).map(Double::valueOf))
          .containsExactly(
              report.loss(),
              report.unclippedStepSize(),
              report.gradientNorm(),
              0.0,
              report.stepSizes().get(0),
              report.stepSizes().get(1),
              norms.get(i));
    }
  }

  @Test
  void aFileMayDoWithoutTheParametersNorm() throws IOException {
    Path file = folder.resolve("steps.csv");
    try (CsvStepLog log = CsvStepLog.to(file)) {
      AliGTraining.attach(network, log);
      network.fit(Nets.data());
    }
    assertThat(Files.readAllLines(file).get(0)).endsWith("step_size_1");
  }

  @Test
  void aFileThatWasClosedSaysSo() throws IOException {
    CsvStepLog log = CsvStepLog.to(folder.resolve("steps.csv"));
    log.close();
    AliGTraining.attach(network, log);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> network.fit(Nets.data()));
  }
}
