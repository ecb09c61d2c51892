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

/**
 * Runs the modules that set environments up, and tells how they get on; the user's pip
 * configuration holds.
 */
final class Pip {
  private final Shell shell;
  private final Progress progress;
  private final Path log;
  private long largest;

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
    List<String> command =
        new ArrayList<>(List.of("pip", "install", "--disable-pip-version-check", "--no-input"));
    command.addAll(List.of("--progress-bar", "off"));
    command.addAll(arguments);
    Map<String, String> variables = new HashMap<>(extra);
    // A user's "install for me only" must not reach into an environment.
    variables.put("PIP_USER", "0");
    // Where pip is killed it leaves gigabytes, which go with the unfinished folder if they lie
    // there.
    Path scratch = Files.createDirectories(growing.resolve("scratch"));
    for (String name : List.of("TMPDIR", "TEMP", "TMP")) {
      variables.put(name, scratch.toString());
    }
    Shell.Result result = follow(doing, python, command, growing, variables);
    Trees.remove(scratch);
    if (result.status() != 0) {
      throw PipFailure.of(doing, result, log);
    }
  }

  /** Returns the most bytes that were seen in a folder that filled up. */
  long largest() {
    return largest;
  }

  /** Runs a Python module in a folder, shows what it does, and keeps its output in the log. */
  Shell.Result follow(
      String doing, Path python, List<String> module, Path folder, Map<String, String> extra)
      throws IOException {
    long start = System.nanoTime();
    progress.say(doing);
    append("$ %s -m %s".formatted(python, String.join(" ", module)));
    Shell.Result result =
        shell.attended(
            python,
            module,
            folder,
            extra,
            line -> {
              append(line);
              PipLines.shorten(line).ifPresent(text -> progress.say(at(start) + text));
            },
            () -> progress.say(at(start) + "still " + doing + megabytes(folder)));
    measure(folder);
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

  private long measure(Path folder) {
    long bytes = Trees.size(folder);
    largest = Math.max(largest, bytes);
    return bytes;
  }

  private String megabytes(Path folder) {
    long megabytes = measure(folder) / 1_000_000;
    return megabytes == 0 ? "" : String.format(Locale.ROOT, ", %,d MB so far", megabytes);
  }
}
