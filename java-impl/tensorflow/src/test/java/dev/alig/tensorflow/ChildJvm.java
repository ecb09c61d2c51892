package dev.alig.tensorflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the tests in processes of their own. */
final class ChildJvm {
  private ChildJvm() {}

  /** The lines that a program printed until it ended, by itself or not. */
  static List<String> run(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(program.getSimpleName(), ".txt");
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:-CreateCoredumpOnCrash",
                  "-XX:+SuppressFatalErrorMessage",
                  "-cp",
                  System.getProperty("java.class.path"),
                  program.getName()));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(log.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
          throw new IllegalStateException("the process stands still: " + lines(log));
        }
      } finally {
        process.destroyForcibly();
      }
      return lines(log);
    } finally {
      Files.delete(log);
    }
  }

  private static List<String> lines(Path log) throws IOException {
    return Files.readAllLines(log, StandardCharsets.UTF_8);
  }
}
