package dev.alig.conformance.cli;

import static java.util.stream.Collectors.joining;

import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.oracle.TorchSettings;
import dev.alig.python.ChildProcess;
import dev.alig.python.PythonEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts a worker process.
 *
 * @param settings what the run is to do
 * @param tasks all tasks of the run, of which the worker does what no other has taken
 * @param python the environment of the oracle; empty where it needs none
 * @param number which of the run's workers it is, from 1
 * @param first jars that go before those of this process
 */
record WorkerCommand(
    GateSettings settings,
    List<Task> tasks,
    Optional<PythonEnvironment> python,
    int number,
    List<Path> first) {
  /** The largest heap of a worker; cases take kilobytes. */
  static final String HEAP = "-Xmx2g";

  /** A run of so few cases ends before the JVM's optimizing compiler has earned its own time. */
  private static final int FEW_TRIES = 100;

  private static final List<String> HANDED_ON =
      List.of(
          "python",
          "torch.version",
          "python.env",
          "python.cache",
          TorchSettings.DEVICE,
          TorchSettings.THREADS,
          TorchSettings.ONE_DNN);

  /**
   * Optimizes what runs four times as often as the JVM's defaults ask for. A run has little code
   * that is hot and much that is lukewarm, whose compilation took a third of all processor time.
   */
  private static final List<String> OPTIMIZE_LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=20000",
          "-XX:Tier4MinInvocationThreshold=2400",
          "-XX:Tier4CompileThreshold=60000",
          "-XX:Tier4BackEdgeThreshold=160000");

  /** Copies the lists. */
  WorkerCommand {
    tasks = List.copyOf(tasks);
    first = List.copyOf(first);
  }

  /** The folder of what the worker alone writes. */
  Path folder() {
    return Gate.workers(settings.out()).resolve(Integer.toString(number));
  }

  /** What the worker prints. */
  WorkerLog log() {
    return new WorkerLog(folder().resolve("worker.log"));
  }

  /** What the JVM leaves when it crashes. */
  Path crashLog() {
    return folder().resolve("crash.log");
  }

  /** Starts the process; it has nothing to read, and what it prints goes to the log. */
  Process start() throws IOException {
    Files.createDirectories(folder());
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.redirectErrorStream(true).redirectOutput(log().file().toFile());
    // Workers share the processors; threads of native operations would wait for each other.
    builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
    python.ifPresent(environment -> environment.prepareHost(builder.environment()));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments());
    command.add("-XX:ErrorFile=" + crashLog());
    command.add(ChildProcess.parentSwitch());
    command.add("-D%s=%s".formatted(Gate.OWN, folder()));
    settings.toProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    for (String name : HANDED_ON) {
      String value = System.getProperty(name, "");
      if (!value.isBlank()) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.addAll(List.of("-cp", classPath()));
    command.add(Worker.class.getName());
    tasks.forEach(task -> command.add(task.toString()));
    return command;
  }

  private String classPath() {
    Stream<String> before = first.stream().map(jar -> jar.toAbsolutePath().toString());
    return Stream.concat(before, Stream.of(System.getProperty("java.class.path")))
        .collect(joining(File.pathSeparator));
  }

  private List<String> jvmArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(HEAP);
    boolean isShort = settings.tries() <= FEW_TRIES || !settings.drawsCases();
    arguments.addAll(isShort ? List.of("-XX:TieredStopAtLevel=1") : OPTIMIZE_LATE);
    // A thread that lacks memory may be any, so that the others would wait for it for ever.
    arguments.add("-XX:+ExitOnOutOfMemoryError");
    arguments.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    if (Runtime.version().feature() >= 22) {
      arguments.add("--enable-native-access=ALL-UNNAMED");
    }
    return arguments;
  }
}
