package dev.alig.conformance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.gate.Journal;
import dev.alig.conformance.report.ReportBuilder;
import dev.alig.python.PythonEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The process in which subjects and oracle run, so that a crash of the interpreter or of a native
 * library ends that process and not the report.
 */
final class WorkerProcess {
  /** Nothing heard for this long means that it hangs; a single case takes milliseconds. */
  private static final long SILENCE_SECONDS = 300;

  private static final long POLL_MILLIS = 100;

  private final GateSettings settings;
  private final List<String> subjects;
  private final Optional<PythonEnvironment> python;
  private final ProgressLines progress;
  private long position;

  WorkerProcess(
      GateSettings settings,
      List<String> subjects,
      Optional<PythonEnvironment> python,
      ProgressLines progress) {
    this.settings = settings;
    this.subjects = subjects;
    this.python = python;
    this.progress = progress;
  }

  /** Runs the worker to its end; returns why it failed, or empty. */
  Optional<String> run(ReportBuilder builder) throws IOException {
    Path log = settings.out().resolve("worker.log");
    Process process = start(log);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      return await(process, builder, log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return Optional.of("the run was interrupted");
    }
  }

  private Optional<String> await(Process process, ReportBuilder builder, Path log)
      throws IOException, InterruptedException {
    long lastHeard = System.nanoTime();
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      if (read(builder)) {
        lastHeard = System.nanoTime();
      } else if (System.nanoTime() - lastHeard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
        process.destroyForcibly().waitFor();
        return Optional.of("the worker was silent for %d s".formatted(SILENCE_SECONDS));
      }
    }
    read(builder);
    int status = process.exitValue();
    return status == 0
        ? Optional.empty()
        : Optional.of(
            "the worker process ended with status %d%n%s".formatted(status, lastLines(log)));
  }

  private Process start(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments());
    command.add("-XX:ErrorFile=" + settings.out().resolve("crash.log"));
    settings.toProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    for (String name : List.of("python", "torch.version", "python.env", "python.cache")) {
      String value = System.getProperty(name, "");
      if (!value.isBlank()) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Worker.class.getName());
    command.addAll(subjects);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    python.ifPresent(environment -> prepare(builder.environment(), environment));
    return builder.start();
  }

  private static List<String> jvmArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Xmx2g");
    arguments.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    if (Runtime.version().feature() >= 22) {
      arguments.add("--enable-native-access=ALL-UNNAMED");
    }
    return arguments;
  }

  /** Variables of another Python would mislead this one. */
  private static void prepare(Map<String, String> variables, PythonEnvironment environment) {
    variables.remove("PYTHONHOME");
    variables.remove("PYTHONPATH");
    String old = variables.getOrDefault("LD_LIBRARY_PATH", "");
    String folder = String.valueOf(environment.libpython().getParent());
    variables.put("LD_LIBRARY_PATH", old.isEmpty() ? folder : folder + File.pathSeparator + old);
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
  }

  /** Reads the complete lines that have come; returns whether there were any. */
  private boolean read(ReportBuilder builder) throws IOException {
    Path journal = Journal.in(settings.out());
    if (!Files.exists(journal)) {
      return false;
    }
    byte[] news;
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "r")) {
      news = new byte[Math.toIntExact(file.length() - position)];
      file.seek(position);
      file.readFully(news);
    }
    String text = new String(news, StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    position += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    text.substring(0, end).lines().forEach(line -> take(line, builder));
    return end > 0;
  }

  private void take(String line, ReportBuilder builder) {
    try {
      Event event = Journal.read(line);
      builder.add(event);
      progress.show(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the journal has a malformed line: " + line, e);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join(
        System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 12), lines.size()));
  }
}
