package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.nd4j.linalg.dataset.DataSet;

/** A run that was interrupted goes on as if it had not been. */
@Execution(ExecutionMode.CONCURRENT)
class PersistenceTest {
  private static final int BEFORE = 4;
  private static final int AFTER = 3;

  @TempDir Path folder;

  /** Groups with and without momentum, running statistics, and a ball that every step leaves. */
  private static MultiLayerNetwork stack() {
    return Nets.stack(
        Nets.base(updater(0.5, 0.9)),
        Nets.dense().build(),
        new BatchNormalization.Builder().updater(updater(0.25, 0)).build(),
        Nets.dense().updater(updater(0.125, 0.5)).build(),
        Nets.softmax().build());
  }

  private static ComputationGraph graph() {
    return Nets.graph(
        Nets.base(updater(0.5, 0.9))
            .graphBuilder()
            .addInputs("in")
            .addLayer("hidden", Nets.dense().build(), "in")
            .addLayer("norm", new BatchNormalization(), "hidden")
            .addLayer("out", Nets.softmax().updater(updater(0.125, 0.5)).build(), "norm"),
        "out");
  }

  private static AliGUpdater updater(double cap, double momentum) {
    return AliGUpdater.builder().maxLearningRate(cap).momentum(momentum).l2Ball(2).build();
  }

  private static void train(MultiLayerNetwork network, int steps) {
    AliGTraining.attach(network);
    DataSet data = Nets.data();
    for (int i = 0; i < steps; i++) {
      network.fit(data);
    }
  }

  private static void train(ComputationGraph network, int steps) {
    AliGTraining.attach(network);
    DataSet data = Nets.data();
    for (int i = 0; i < steps; i++) {
      network.fit(data);
    }
  }

  private static MultiLayerNetwork uninterrupted() {
    MultiLayerNetwork network = stack();
    train(network, BEFORE + AFTER);
    return network;
  }

  private static void assertSame(MultiLayerNetwork resumed, MultiLayerNetwork uninterrupted) {
    assertThat(Nets.values(resumed)).isEqualTo(Nets.values(uninterrupted));
    assertThat(Nets.values(resumed.getUpdater().getStateViewArray()))
        .isEqualTo(Nets.values(uninterrupted.getUpdater().getStateViewArray()));
  }

  @Test
  void aRestoredStackGoesOnBitForBit() throws IOException {
    MultiLayerNetwork network = stack();
    train(network, BEFORE);
    MultiLayerNetwork restored = MultiLayerNetwork.load(save(network), true);
    train(restored, AFTER);
    assertSame(restored, uninterrupted());
  }

  @Test
  void aRestoredGraphGoesOnBitForBit() throws IOException {
    ComputationGraph network = graph();
    train(network, BEFORE);
    ComputationGraph restored = ComputationGraph.load(save(network), true);
    train(restored, AFTER);
    train(network, AFTER);
    assertThat(Nets.values(restored)).isEqualTo(Nets.values(network));
    ComputationGraph uninterrupted = graph();
    train(uninterrupted, BEFORE + AFTER);
    assertThat(Nets.values(restored)).isEqualTo(Nets.values(uninterrupted));
  }

  @Test
  void anotherProcessGoesOnBitForBit() throws IOException, InterruptedException {
    MultiLayerNetwork network = stack();
    train(network, BEFORE);
    File saved = save(network);
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Resume.class.getName(),
                saved.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> read(output)).isZero();
    assertSame(MultiLayerNetwork.load(saved, true), uninterrupted());
  }

  /** What the other process does. */
  static final class Resume {
    private Resume() {}

    public static void main(String[] arguments) throws IOException {
      File file = new File(arguments[0]);
      MultiLayerNetwork network = MultiLayerNetwork.load(file, true);
      train(network, AFTER);
      network.save(file, true);
    }
  }

  @Test
  void aCloneGoesOnBitForBit() {
    MultiLayerNetwork network = stack();
    train(network, BEFORE);
    MultiLayerNetwork clone = network.clone();
    train(clone, AFTER);
    assertSame(clone, uninterrupted());
  }

  @Test
  void withoutItsMomentumItWouldGoElsewhere() throws IOException {
    MultiLayerNetwork network = stack();
    train(network, BEFORE);
    MultiLayerNetwork restored = MultiLayerNetwork.load(save(network), false);
    train(restored, AFTER);
    assertThat(Nets.values(restored)).isNotEqualTo(Nets.values(uninterrupted()));
  }

  @Test
  void aTrainedNetworkIsNotProjectedAgain() throws IOException {
    MultiLayerNetwork network = stack();
    train(network, 1);
    network.params().muli(4);
    List<Double> before = Nets.values(network);
    AliGTraining.attach(MultiLayerNetwork.load(save(network), true));
    AliGTraining.attach(network);
    assertThat(Nets.values(network)).isEqualTo(before);
  }

  @Test
  void aConfigurationComesBackFromJsonAndYaml() {
    MultiLayerConfiguration stack = stack().getLayerWiseConfigurations();
    assertThat(MultiLayerConfiguration.fromJson(stack.toJson())).isEqualTo(stack);
    assertThat(MultiLayerConfiguration.fromYaml(stack.toYaml())).isEqualTo(stack);
    ComputationGraphConfiguration graph = graph().getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(graph.toJson())).isEqualTo(graph);
    assertThat(ComputationGraphConfiguration.fromYaml(graph.toYaml())).isEqualTo(graph);
  }

  private File save(Model network) throws IOException {
    File file = folder.resolve("network.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    return file;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
