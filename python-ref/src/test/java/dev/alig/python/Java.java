package dev.alig.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts a second JVM on this one's class path. */
final class Java {
  record Ended(int status, List<String> lines) {}

  private Java() {}

  static Process start(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    return start(System.getProperty("java.class.path"), options, main, arguments);
  }

  static Process start(String classPath, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String python = System.getProperty("python", "");
    command.addAll(List.of("-cp", classPath, "-Dpython=" + python));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  static Ended end(Process process) throws IOException, InterruptedException {
    List<String> lines;
    try (Stream<String> out = process.inputReader(UTF_8).lines()) {
      lines = out.toList();
    }
    return new Ended(process.waitFor(), lines);
  }
}
