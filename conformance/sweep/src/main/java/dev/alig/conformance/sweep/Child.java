package dev.alig.conformance.sweep;

import dev.alig.python.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Child processes. This process waits for them, and they end when it ends. */
final class Child {
  /** The status of a process that took too long. */
  static final int TIMED_OUT = -1;

  /** A limit that no process reaches. */
  static final Duration LONG = Duration.ofDays(7);

  private static final int SHOWN = 6;

  private Child() {}

  /** The status of a short command, and the text of both its streams. */
  record Answer(int status, String output) {
    /** The answer if there is no such program. */
    static final Answer NONE = new Answer(TIMED_OUT, "");
  }

  /** Runs a short command without input. */
  static Answer ask(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(await(process, LONG), output);
    } catch (IOException absent) {
      return Answer.NONE;
    }
  }

  /**
   * Runs a process to its end and writes both its streams to a log.
   *
   * @return its status; {@link #TIMED_OUT} if it exceeded the limit and was ended
   */
  static int run(ProcessBuilder builder, Path log, Duration limit) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return await(process, limit);
  }

  private static int await(Process process, Duration limit) throws IOException {
    try {
      boolean ended =
          ChildProcess.attend(
              process,
              ChildProcess::end,
              () -> process.waitFor(limit.toSeconds(), TimeUnit.SECONDS));
      ChildProcess.kill(process);
      return ended ? process.exitValue() : TIMED_OUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a process ran", e);
    }
  }

  /** The last lines of a log that are not blank, joined. */
  static String tail(Path log) throws IOException {
    List<String> lines = Files.readString(log).lines().filter(line -> !line.isBlank()).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
  }
}
