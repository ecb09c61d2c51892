package dev.alig.nd4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.GroupSettings;
import dev.alig.StepReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class SameDiffResumeTest {
  @TempDir private Path folder;

  private static SameDiffTrainer trainer(Regression regression) {
    return regression
        .trainer()
        .maxLearningRate(0.1)
        .momentum(0.9)
        .l2Ball(2)
        .group(new GroupSettings(0.01, 0.5), "u")
        .build();
  }

  @Test
  void aRestoredRunGoesOnBitForBit() throws IOException {
    Regression regression = new Regression(DataType.FLOAT);
    SameDiffTrainer whole = trainer(regression);
    whole.fit(regression.data(), 5);
    Path file = folder.resolve("trainer.zip");
    whole.save(file);
    SameDiffTrainer restored = SameDiffTrainer.restore(file);
    assertThat(restored.groups()).isEqualTo(whole.groups());
    assertThat(restored.optimizer().groups()).isEqualTo(whole.optimizer().groups());
    for (int step = 0; step < 10; step++) {
      StepReport report = restored.step(regression.values());
      assertThat(report).isEqualTo(whole.step(regression.values()));
    }
    for (String name : List.of("w", "u", "b")) {
      assertThat(restored.graph().getArrForVarName(name)).isEqualTo(regression.array(name));
    }
    assertThat(restored.fit(regression.data(), 2)).isEqualTo(whole.fit(regression.data(), 2));
    assertThat(restored.iteration()).isEqualTo(whole.iteration());
    assertThat(restored.epoch()).isEqualTo(whole.epoch());
  }

  @Test
  void whatIsNoTrainerIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    assertThatThrownBy(() -> SameDiffTrainer.restore(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text is not a file of a SameDiffTrainer");
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Path file = folder.resolve("trainer.zip");
    trainer(new Regression(DataType.FLOAT)).save(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> SameDiffTrainer.restore(file)).isInstanceOf(IOException.class);
  }

  @Test
  void aGraphThatSameDiffDoesNotSaveWholeIsNotSaved() {
    Regression regression = new Regression(DataType.DOUBLE);
    SameDiff graph = regression.graph;
    SDVariable spread = graph.variance("spread", graph.getVariable("w"), false, 0);
    graph.setLossVariables("loss", spread.sum("penalty").name());
    SameDiffTrainer trainer = trainer(regression);
    assertThatThrownBy(() -> trainer.save(folder.resolve("file")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the variance [spread] is not corrected for its bias");
  }

  @Test
  void aSaveThatFailsLeavesTheFormerFile() throws IOException {
    Regression regression = new Regression(DataType.FLOAT);
    SameDiffTrainer trainer = trainer(regression);
    Path file = folder.resolve("kept");
    Files.write(file, "former".getBytes(StandardCharsets.UTF_8));
    regression.array("w").close();
    assertThatThrownBy(() -> trainer.save(file)).isNotNull();
    assertThat(file).hasContent("former");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
