package dev.alig.documents;

import dev.alig.python.ChildProcess;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell in the root of the tree, as a user has it.
 *
 * <p>{@code python} is that of the build. {@code $OUT} is a folder for results, {@code $TORCH} the
 * pinned release of torch.
 */
final class UserShell {
  /** How a command ended, and what it printed, errors included. */
  record Outcome(int status, String printed) {}

  private final Path out;
  private final EnvironmentRequest request = EnvironmentRequest.fromSystem();
  private final PythonEnvironment python = PythonEnvironment.prepare(request, System.err);

  UserShell(Path out) {
    this.out = out;
  }

  Outcome run(String script) throws IOException {
    Path log = Files.createTempFile(out, "output", ".txt");
    ProcessBuilder shell =
        python
            .command(List.of())
            .command("sh", "-ec", script)
            .directory(Documents.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    shell.environment().remove("PYTHONPATH");
    shell.environment().put("OUT", out.toString());
    shell.environment().put("TORCH", request.torch());
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = shell.start();
      int status = ChildProcess.attend(process, ChildProcess::kill, process::waitFor);
      return new Outcome(status, Files.readString(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: " + script, e);
    }
  }
}
