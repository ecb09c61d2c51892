package dev.alig.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs long set-up commands and tells how they get on; the user's pip configuration holds. */
final class Pip {
  private final Shell shell;
  private final Progress progress;
  private final Path log;

  /**
   * @param log the file that gets the whole output
   */
  Pip(Shell shell, Progress progress, Path log) {
    this.shell = shell;
    this.progress = progress;
    this.log = log;
  }

  /**
   * Installs with the pip of an environment.
   *
   * @param doing what is done, as in "installing the packages"
   * @param python the environment's interpreter
   * @param growing the folder that fills up
   * @param extra variables for pip and the compilers it starts
   * @param arguments of {@code pip install}
   * @throws EnvironmentException if pip fails
   */
  void install(
      String doing, Path python, Path growing, Map<String, String> extra, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(python.toString(), "-I", "-u", "-m", "pip"));
    command.addAll(
        List.of("install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"));
    command.addAll(arguments);
    Map<String, String> variables = new HashMap<>(extra);
    // A user's "install for me only" must not reach into an environment.
    variables.put("PIP_USER", "0");
    Shell.Result result = follow(doing, command, growing, variables);
    if (result.status() != 0) {
      throw PipFailure.of(doing, result, log);
    }
  }

  /** Runs a command in a folder, shows what it does, and keeps its output in the log. */
  Shell.Result follow(String doing, List<String> command, Path folder, Map<String, String> extra)
      throws IOException {
    long start = System.nanoTime();
    progress.say(doing);
    append("$ " + String.join(" ", command));
    Shell.Result result =
        shell.stream(
            command,
            folder,
            extra,
            line -> {
              append(line);
              PipLines.shorten(line).ifPresent(text -> progress.say(at(start) + text));
            },
            () -> progress.say(at(start) + "still " + doing + megabytes(folder)));
    if (result.status() == 0) {
      progress.say(at(start) + "done");
    }
    return result;
  }

  private void append(String line) {
    try {
      Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String at(long start) {
    return "  %4d s  ".formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds());
  }

  private static String megabytes(Path folder) {
    long megabytes = Trees.size(folder) / 1_000_000;
    return megabytes == 0 ? "" : String.format(Locale.ROOT, ", %,d MB so far", megabytes);
  }
}
