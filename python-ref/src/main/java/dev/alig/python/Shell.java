package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.INTERRUPTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs child processes with the user's variables, less {@code PYTHONHOME} and {@code PYTHONPATH},
 * which would bend the child's Python. A child ends with this JVM; only {@link #attended} also does
 * where that is killed outright.
 */
final class Shell {
  /** How long a child may be silent before its run says that it goes on. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final String END_OF_OUTPUT = "\0";

  /** What a finished child left: its exit status and its output, both streams together. */
  record Result(int status, List<String> lines) {
    /** Returns the last lines of the output, indented, to quote in a message. */
    String tail() {
      List<String> last = lines.subList(Math.max(0, lines.size() - 12), lines.size());
      return last.isEmpty() ? "    (no output)" : "    " + String.join("\n    ", last);
    }
  }

  private final Map<String, String> variables;

  Shell(Map<String, String> variables) {
    Map<String, String> kept = new HashMap<>(variables);
    kept.remove("PYTHONHOME");
    kept.remove("PYTHONPATH");
    this.variables = kept;
  }

  /** Returns a builder with the variables set; its streams are untouched. */
  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder;
  }

  /**
   * Runs a short command with a text as its input.
   *
   * @throws IOException if it cannot be started
   */
  Result run(List<String> command, byte[] input) throws IOException {
    Process child = builder(command).redirectErrorStream(true).start();
    feed(child, input);
    return finish(child, line -> {}, () -> {});
  }

  private static void feed(Process child, byte[] input) throws IOException {
    try (OutputStream in = child.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      // A child that ends without reading its input closes the pipe; its output tells why.
      child.getOutputStream().close();
    }
  }

  /**
   * Runs a module that takes long, as {@code python -I -u -m} does, and hands out its lines as they
   * come. It ends with this JVM, however that ends.
   *
   * @param module its name, and its arguments
   * @param extra variables set on top of the user's
   * @param whenSilent called after every ten seconds without a line
   * @throws IOException if it cannot be started
   */
  Result attended(
      Path python,
      List<String> module,
      Path directory,
      Map<String, String> extra,
      Consumer<String> eachLine,
      Runnable whenSilent)
      throws IOException {
    String parent = Long.toString(ProcessHandle.current().pid());
    List<String> command = new ArrayList<>(List.of(python.toString(), "-I", "-u", "-", parent));
    command.addAll(module);
    ProcessBuilder builder =
        builder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(extra);
    Process child = builder.start();
    feed(child, Resource.read("attended.py"));
    return finish(child, eachLine, whenSilent);
  }

  /**
   * Waits for a child, and ends it and its children if this thread is interrupted or the JVM shuts
   * down first.
   */
  static int await(Process child) {
    return attend(child, child::waitFor);
  }

  private static <T> T attend(Process child, ChildProcess.Waiting<T> waiting) {
    try {
      return ChildProcess.attend(child, ChildProcess::end, waiting);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(
          INTERRUPTED, "interrupted while a process ran", "start the build again");
    }
  }

  private static Result finish(Process child, Consumer<String> eachLine, Runnable whenSilent) {
    BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(child, arriving), "read-" + child.pid());
    reader.setDaemon(true);
    reader.start();
    return attend(
        child,
        () -> {
          List<String> lines = collect(arriving, eachLine, whenSilent);
          return new Result(child.waitFor(), lines);
        });
  }

  private static void read(Process child, BlockingQueue<String> arriving) {
    try (BufferedReader out = child.inputReader(UTF_8)) {
      out.lines().forEach(arriving::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      arriving.add("output lost: " + e.getMessage());
    } finally {
      arriving.add(END_OF_OUTPUT);
    }
  }

  private static List<String> collect(
      BlockingQueue<String> arriving, Consumer<String> eachLine, Runnable whenSilent)
      throws InterruptedException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = arriving.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        whenSilent.run();
      } else if (line.equals(END_OF_OUTPUT)) {
        return lines;
      } else {
        lines.add(line);
        eachLine.accept(line);
      }
    }
  }
}
