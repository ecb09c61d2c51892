package dev.alig.conformance.matrix;

import dev.alig.python.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short commands that answer in a few lines. */
final class Command {
  private Command() {}

  /**
   * What a command left.
   *
   * @param status what it ended with
   * @param output both of its streams
   */
  record Result(int status, String output) {}

  /**
   * Runs a command without input.
   *
   * @throws IOException if it cannot be started, or this thread is interrupted meanwhile
   */
  static Result run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(await(process), output);
  }

  /** Waits for a process, which ends with this thread's interruption and with this JVM. */
  static int await(Process process) throws IOException {
    try {
      return ChildProcess.attend(process, ChildProcess::end, process::waitFor);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
