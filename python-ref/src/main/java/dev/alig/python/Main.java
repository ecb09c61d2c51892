package dev.alig.python;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line.
 *
 * <pre>
 * prepare                                     sets the environment up and prints what it is
 * run [--in DIR] [--sources DIR] ARGUMENT…    runs its Python, with the sources on PYTHONPATH
 * </pre>
 *
 * <p>The environment is chosen by the system properties that {@link EnvironmentRequest#fromSystem}
 * names. Exit status: that of Python, or 2 if the environment cannot be had or the command is
 * unknown.
 */
public final class Main {
  private static final int FAILED = 2;
  private static final String USAGE = "usage: prepare | run [--in DIR] [--sources DIR] ARGUMENT…";

  private Main() {}

  /** Runs the command and exits. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  static int run(List<String> arguments) {
    try {
      return switch (arguments.isEmpty() ? "" : arguments.get(0)) {
        case "prepare" -> prepare();
        case "run" -> runPython(Command.parse(arguments.subList(1, arguments.size())));
        default -> failed(USAGE);
      };
    } catch (EnvironmentException | IOException e) {
      return failed("error: " + e.getMessage());
    }
  }

  private static int prepare() {
    environment().describe().forEach((name, value) -> System.out.println(name + "=" + value));
    return 0;
  }

  private static int runPython(Command command) throws IOException {
    PythonEnvironment environment = environment();
    Path sources = command.sources().isEmpty() ? environment.sources() : Path.of(command.sources());
    return environment.run(
        Path.of(command.directory()).toAbsolutePath(),
        List.of(sources.toAbsolutePath()),
        command.python());
  }

  private static PythonEnvironment environment() {
    return PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
  }

  private static int failed(String message) {
    System.err.println(message);
    return FAILED;
  }

  /**
   * What to run.
   *
   * @param sources empty for those of the jar
   */
  private record Command(String directory, String sources, List<String> python) {
    static Command parse(List<String> arguments) {
      Command command = new Command("", "", arguments);
      while (command.python.size() >= 2) {
        String value = command.python.get(1);
        List<String> rest = command.python.subList(2, command.python.size());
        switch (command.python.get(0)) {
          case "--in" -> command = new Command(value, command.sources, rest);
          case "--sources" -> command = new Command(command.directory, value, rest);
          default -> {
            return command;
          }
        }
      }
      return command;
    }
  }
}
