package dev.alig.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alig.experiments.images.TinyImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Compare.run(new PrintStream(printed, true, StandardCharsets.UTF_8), arguments);
  }

  @Test
  void everyOptimizerAndRateIsTrainedAndReported(@TempDir Path folder) throws IOException {
    TinyImages.write(folder, 160, 20);
    Path out = folder.resolve("out");
    String data = folder.toString();
    assertThat(run("--data", data, "--epochs", "3", "--out", out.toString())).isZero();
    JsonNode results =
        new ObjectMapper().readTree(out.resolve("comparison.json").toFile()).get("results");
    assertThat(results).hasSize(15);
    for (JsonNode result : results) {
      assertThat(result.get("epochs")).hasSize(3);
    }
    assertThat(ImageIO.read(out.resolve("comparison.png").toFile())).isNotNull();
    assertThat(out.resolve("comparison.md"))
        .content()
        .contains("| ALI-G |", "| Nesterovs |", "| Adam |");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("epoch  3/3  Adam");
  }

  @Test
  void aligLearnsAndMeetsTheSameDataEachTime(@TempDir Path folder) throws IOException {
    TinyImages.write(folder, 160, 20);
    Images train = Images.read(folder, "train");
    Images test = Images.read(folder, "t10k");
    Training first = new Training(Method.ALIG, 1, train, test);
    Training second = new Training(Method.ALIG, 1, train, test);
    for (int epoch = 0; epoch < 30; epoch++) {
      first.runEpoch();
      second.runEpoch();
    }
    List<Epoch> epochs = first.epochs();
    assertThat(epochs)
        .extracting(Epoch::loss)
        .isEqualTo(second.epochs().stream().map(Epoch::loss).toList());
    assertThat(epochs.get(29).loss()).isLessThan(epochs.get(0).loss()).isLessThan(0.05);
    assertThat(epochs.get(29).accuracy()).isEqualTo(1);
  }

  @Test
  void theBestIsTheLowestLossAndNeverNaN() {
    Report report =
        new Report(
            "images",
            "today",
            "here",
            List.of(result(0.1, Double.NaN), result(1, 0.5), result(10, 0.4), result(100, 0.6)));
    assertThat(report.best(Method.ALIG).rate()).isEqualTo(10);
  }

  private static Result result(double rate, double loss) {
    return new Result("ALI-G", rate, List.of(new Epoch(loss, 0.9, 1)));
  }

  @Test
  void badInputIsOneLineAndStatusTwo(@TempDir Path folder) {
    assertThat(run("--data", folder.toString())).isEqualTo(2);
    assertThat(run("--data", folder.toString(), "--epochs", "0")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
  }
}
