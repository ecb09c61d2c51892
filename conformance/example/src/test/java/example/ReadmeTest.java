package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void itsExampleIsTheOneThatRunsHere() throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    Matcher block =
        Pattern.compile("```java\n(class \\w+ extends ConformanceSuite.*?)```", Pattern.DOTALL)
            .matcher(readme);
    assertTrue(block.find(), "README.md shows a class that extends ConformanceSuite");
    String source =
        Files.readString(Path.of("src/test/java/example/ArrayAliGConformanceTest.java"));
    assertTrue(source.contains(block.group(1).strip()), block.group(1));
  }
}
