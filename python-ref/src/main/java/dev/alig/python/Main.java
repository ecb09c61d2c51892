package dev.alig.python;

import java.io.IOException;
import java.util.List;

/**
 * Sets the environment up and runs its Python, for a build tool or a shell.
 *
 * <p>The system properties of {@link EnvironmentRequest#SWITCHES} choose the environment. Without
 * arguments it is only prepared and named. The exit status is that of Python, or 2 if the
 * environment cannot be had.
 */
public final class Main {
  private static final int FAILED = 2;

  private Main() {}

  /** Runs Python with the arguments, and exits. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      PythonEnvironment python =
          PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), System.err);
      if (arguments.length == 0) {
        System.out.println(python);
        return;
      }
      Process child = python.command(List.of(arguments)).inheritIO().start();
      System.exit(ChildProcess.attend(child, ChildProcess::end, child::waitFor));
    } catch (EnvironmentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(FAILED);
    }
  }
}
