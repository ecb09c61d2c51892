package dev.alig.conformance.releases;

import dev.alig.python.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is waited for, and that ends with this one. */
final class Child {
  private static final int SHOWN = 6;

  private Child() {}

  /** The status of a process that was silent too long and has been ended. */
  static final int TIMED_OUT = -1;

  /**
   * Runs a process to its end.
   *
   * @param log gets its output, both streams together
   * @return its status, or {@link #TIMED_OUT}
   */
  static int run(ProcessBuilder builder, Path log, Duration limit) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    try {
      boolean ended =
          ChildProcess.attend(
              process,
              ChildProcess::kill,
              () -> process.waitFor(limit.toSeconds(), TimeUnit.SECONDS));
      return ended ? process.exitValue() : TIMED_OUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a process ran", e);
    } finally {
      ChildProcess.kill(process);
    }
  }

  /** The last lines of a log. */
  static String tail(Path log) throws IOException {
    List<String> lines = Files.readString(log).lines().filter(line -> !line.isBlank()).toList();
    return String.join(
        System.lineSeparator(), lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
  }
}
