package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.StepReport;
import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import dev.alig.nd4j.samediff.SameDiffTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The examples of the README, run; and a check that they are the README's to the letter. */
class ReadmeExampleTest {
  @Test
  void leastSquaresReachZeroLoss() {
    double loss = Double.NaN;
    Nd4j.getRandom().setSeed(7);
    INDArray x = Nd4j.randn(DataType.DOUBLE, 20, 5);
    INDArray y = x.mmul(Nd4j.randn(DataType.DOUBLE, 5, 1));
    INDArray w = Nd4j.zeros(DataType.DOUBLE, 5, 1);

    AliG optimizer =
        AliG.builder().maxLearningRate(10).momentum(0.5).l2Ball(100).parameters(w).build();
    for (int step = 0; step < 200; step++) {
      INDArray residual = x.mmul(w).sub(y);
      loss = residual.mul(residual).meanNumber().doubleValue();
      INDArray gradient = x.transpose().mmul(residual).mul(2.0 / 20);
      StepReport report = optimizer.step(loss, gradient);
      assertThat(report.stepSizes()).hasSize(1);
    }

    assertThat(loss).isLessThan(1e-3);
  }

  @Test
  void aDeeplearning4jNetworkLearnsExclusiveOr(@TempDir Path folder) throws IOException {
    INDArray features = Nd4j.create(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    INDArray labels = Nd4j.create(new double[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}});
    DataSetIterator data = new ListDataSetIterator<>(new DataSet(features, labels).asList(), 4);
    Path file = folder.resolve("steps.csv");

    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).l2Ball(50).build())
            .list()
            .layer(new DenseLayer.Builder().nIn(2).nOut(16).activation(Activation.TANH).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(16)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    try (CsvStepLog log = CsvStepLog.to(file)) {
      AliGTraining.attach(network, log);
      network.fit(data, 300);
    }

    assertThat(network.score()).isLessThan(1e-2);
    assertThat(Files.readAllLines(file)).hasSize(301);
  }

  @Test
  void aSameDiffGraphLearnsExclusiveOr(@TempDir Path folder) throws IOException {
    INDArray features = Nd4j.create(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    INDArray labels = Nd4j.create(new double[][] {{0}, {1}, {1}, {0}});
    DataSetIterator data = new ListDataSetIterator<>(new DataSet(features, labels).asList(), 4);
    Path file = folder.resolve("trainer.zip");
    SameDiff graph = exclusiveOr();

    graph.setLossVariables("loss");
    SameDiffTrainer trainer =
        SameDiffTrainer.builder(graph)
            .maxLearningRate(0.1)
            .momentum(0.9)
            .features("x")
            .labels("y")
            .build();
    List<Double> losses = trainer.fit(data, 300);
    trainer.save(file);

    assertThat(losses.get(299)).isLessThan(1e-2);
    assertThat(SameDiffTrainer.restore(file).epoch()).isEqualTo(300);
  }

  private static SameDiff exclusiveOr() {
    Nd4j.getRandom().setSeed(1);
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 2);
    SDVariable y = graph.placeHolder("y", DataType.DOUBLE, -1, 1);
    SDVariable w = graph.var("w", Nd4j.randn(DataType.DOUBLE, 2, 8));
    SDVariable b = graph.var("b", Nd4j.zeros(DataType.DOUBLE, 1, 8));
    SDVariable u = graph.var("u", Nd4j.randn(DataType.DOUBLE, 8, 1));
    SDVariable error = graph.math().tanh(x.mmul(w).add(b)).mmul(u).sub(y);
    error.mul(error).mean("loss");
    return graph;
  }

  @Test
  void theReadmeShowsTheseExamples() throws IOException {
    Path here = Path.of("src/test/java/dev/alig/nd4j/ReadmeExampleTest.java");
    String source = withoutIndent(Files.readString(here));
    List<String> snippets = snippets(Files.readString(Path.of("../../README.md")));
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
    assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(snippet));
  }

  private static List<String> snippets(String readme) {
    List<String> snippets = new ArrayList<>();
    Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    while (blocks.find()) {
      if (blocks.group(1).contains("AliG.builder()")
          || blocks.group(1).contains("AliGUpdater.builder()")
          || blocks.group(1).contains("SameDiffTrainer.builder(")) {
        snippets.add(withoutIndent(blocks.group(1)).strip());
      }
    }
    return snippets;
  }

  private static String withoutIndent(String text) {
    return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
  }
}
