package dev.alig.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alig.nd4j.AliG;
import dev.alig.nd4j.CsvStepLog;
import dev.alig.nd4j.StepEvent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PlotStepsTest {
  private static final String HEADER =
      "iteration,epoch,outcome,loss,unclipped_step_size,gradient_norm,step_size_0\n";

  @TempDir private Path folder;

  /** Minimizes |p|² and logs it. */
  private Path logged() throws IOException {
    Path file = folder.resolve("run.csv");
    INDArray p = Nd4j.createFromArray(1.0, -2.0);
    AliG optimizer = AliG.builder().maxLearningRate(0.1).parameters(p).build();
    try (CsvStepLog log = CsvStepLog.withParameterNorm(file)) {
      for (int k = 0; k < 20; k++) {
        double loss = p.mul(p).sumNumber().doubleValue();
        log.onStep(optimizer, new StepEvent(k, 0, optimizer.step(loss, p.mul(2))));
      }
    }
    return file;
  }

  private static int run(String... arguments) {
    return PlotSteps.run(
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), arguments);
  }

  private static double[] series(XYChart chart, String name) {
    return Objects.requireNonNull(chart.getSeriesMap().get(name), name).getYData();
  }

  @Test
  void whatWasLoggedIsDrawn() throws IOException {
    Path log = logged();
    assertThat(run(log.toString())).isZero();
    BufferedImage picture = ImageIO.read(folder.resolve("run.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(1000);

    List<XYChart> charts = PlotSteps.charts(StepLog.read(log));
    assertThat(charts)
        .extracting(XYChart::getTitle)
        .containsExactly("loss", "step size", "norm of the gradients", "norm of the parameters");
    double[] losses = series(charts.get(0), "loss");
    assertThat(losses).hasSize(20);
    assertThat(losses[0]).isEqualTo(5);
    assertThat(losses[1]).isCloseTo(3.2, within(1e-12));
    assertThat(series(charts.get(1), "step_size_0")).containsOnly(0.1);
  }

  @ParameterizedTest
  @CsvSource({"0.0,Infinity", "-1.0,0.0", "NaN,NaN", "0.0,0.0"})
  void numbersThatHaveNoPlaceOnAnAxisAreLeftOut(double loss, double norm) throws IOException {
    Path log = folder.resolve("odd.csv");
    String odd = "0,0,TAKEN,%s,%s,%s,%s%n".formatted(loss, norm, norm, loss);
    Files.writeString(log, HEADER + odd + "1,0,TAKEN,1.0,0.5,2.0,0.5\n");
    Path picture = folder.resolve("elsewhere.png");
    assertThat(run(log.toString(), "--out", picture.toString())).isZero();
    assertThat(ImageIO.read(picture.toFile())).isNotNull();
  }

  @Test
  void oneStepAloneIsDrawn() throws IOException {
    Path log = folder.resolve("one.csv");
    Files.writeString(log, HEADER + "0,0,TAKEN,-1.0,0.5,2.0,0.5\n");
    assertThat(run(log.toString())).isZero();
  }

  @Test
  void whatNoLogHasIsRefusedByName() throws IOException {
    assertRefused("a,b\n1,2\n", "does not begin with the columns of a CsvStepLog");
    assertRefused("", "does not begin with the columns of a CsvStepLog");
    assertRefused(HEADER, "has no steps");
    assertThat(run(refused(HEADER + "0,0,SKIPPED,NaN,NaN,Infinity,NaN\n"))).isEqualTo(2);
    assertRefused(HEADER + "0,0,TAKEN,1.0,0.5", "line 2 has 5 values instead of 7");
    assertRefused(HEADER + "0,0,TAKEN,1.0,half,2.0,0.5", "line 2 has no number but half");
    assertThat(run(folder.resolve("none.csv").toString())).isEqualTo(2);
  }

  private void assertRefused(String content, String why) throws IOException {
    String log = refused(content);
    assertThatThrownBy(() -> StepLog.read(Path.of(log)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.csv")
        .hasMessageContaining(why);
    assertThat(run(log)).isEqualTo(2);
  }

  private String refused(String content) throws IOException {
    return Files.writeString(folder.resolve("bad.csv"), content).toString();
  }
}
