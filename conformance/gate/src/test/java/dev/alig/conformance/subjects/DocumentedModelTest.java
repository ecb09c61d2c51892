package dev.alig.conformance.subjects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code docs/tensorflow.md} shows of a model from Python, done in the order of the page. */
@Execution(ExecutionMode.CONCURRENT)
class DocumentedModelTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path PROGRAM =
      ROOT.resolve(
          "java-impl/consumers/src/it/tensorflow/src/main/java/com/example/TrainModelFromPython.java");
  private static final Pattern PYTHON = Pattern.compile("(?s)```python\n(.*?)```");
  private static final Pattern LOGITS = Pattern.compile("logits \\[\\[(\\S+), (\\S+)]]");

  @TempDir private Path folder;

  @Test
  void aModelIsExportedTrainedAndReadAgain() throws Exception {
    List<String> blocks =
        PYTHON
            .matcher(Files.readString(ROOT.resolve("docs/tensorflow.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.replaceAll("```(python)?", ""))
            .toList();
    assertThat(blocks).hasSize(2);
    python(blocks.get(0));
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            PROGRAM.toString());
    assertThat(number(PythonProcess.run(java, folder), Pattern.compile("loss (\\S+)"), 1))
        .isLessThan(0.01);

    String printed = python(blocks.get(0) + blocks.get(1));
    // The classes of this point are the other way round in a network that has not learned.
    assertThat(number(printed, LOGITS, 2)).isGreaterThan(number(printed, LOGITS, 1) + 1);
  }

  private String python(String script) throws IOException, InterruptedException {
    PythonEnvironment tensorFlow = PythonProcess.tensorFlow();
    Path file = folder.resolve("script.py");
    Files.write(file, script.getBytes(UTF_8));
    return PythonProcess.run(tensorFlow, folder, file.toString());
  }

  private static double number(String text, Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Double.parseDouble(matcher.group(group));
  }
}
