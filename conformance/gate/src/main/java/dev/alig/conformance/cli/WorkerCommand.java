package dev.alig.conformance.cli;

import static java.util.stream.Collectors.joining;

import dev.alig.conformance.oracle.Processor;
import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceRun;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Folders;
import dev.alig.conformance.subjects.PythonSubject;
import dev.alig.conformance.subjects.TensorFlowVariants;
import dev.alig.conformance.torch.PinnedSettings;
import dev.alig.conformance.torch.TorchSettings;
import dev.alig.python.ChildProcess;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.PythonEnvironment;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
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
 * @param blocks all blocks of the run
 * @param python the environment of the oracle; empty if it needs none
 * @param number the number of the worker, from 1
 * @param first jars that come before those of this process
 */
record WorkerCommand(
    ConformanceSettings settings,
    List<Block> blocks,
    Optional<PythonEnvironment> python,
    int number,
    List<Path> first) {
  /** The largest heap of a worker; cases take kilobytes. */
  static final String HEAP = "-Xmx2g";

  /**
   * A run of so few cases of some requirements ends before the JVM's optimizing compiler saves
   * time. A run of all requirements has long cases, whatever its tries.
   */
  private static final int FEW_TRIES = 100;

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static final List<String> HANDED_ON =
      List.of(
          PythonSubject.PACKAGE,
          TorchSettings.DEVICE,
          TorchSettings.THREADS,
          TorchSettings.ONE_DNN);

  /**
   * Code must run four times as often as by default before the JVM optimizes it. A run has much
   * lukewarm code, whose compilation took a third of all processor time.
   */
  private static final List<String> OPTIMIZE_LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=20000",
          "-XX:Tier4MinInvocationThreshold=2400",
          "-XX:Tier4CompileThreshold=60000",
          "-XX:Tier4BackEdgeThreshold=160000");

  /** Copies the lists. */
  WorkerCommand {
    blocks = List.copyOf(blocks);
    first = List.copyOf(first);
  }

  /** The worker's own folder. */
  Path folder() {
    return Folders.workers(settings.out()).resolve(Integer.toString(number));
  }

  /** What the worker prints. */
  WorkerLog log() {
    return new WorkerLog(folder().resolve("worker.log"));
  }

  /** What the JVM leaves when it crashes. */
  Path crashLog() {
    return folder().resolve("crash.log");
  }

  /** Starts the process without input; its output goes to the log. */
  Process start() throws IOException {
    Files.createDirectories(folder());
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.redirectErrorStream(true).redirectOutput(log().file().toFile());
    // Workers share the processors; threads of native operations would wait for each other.
    builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
    // Otherwise the first session of TensorFlow fixes the number of threads for all.
    builder.environment().put(TensorFlowVariants.OWN_POOLS, "1");
    python.ifPresent(environment -> environment.prepareHost(builder.environment()));
    if (python.isPresent()) {
      PinnedSettings.shipped().into(builder.environment(), Processor.here());
    }
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
    command.add("-D%s=%s".formatted(ConformanceRun.OWN, folder()));
    command.addAll(switches(settings));
    command.addAll(List.of("-cp", classPath()));
    command.add(Worker.class.getName());
    Blocks.startingWith(number - 1, blocks).forEach(block -> command.add(block.toString()));
    return command;
  }

  /** The system properties of a process that runs blocks, as switches of {@code java}. */
  static List<String> switches(ConformanceSettings settings) {
    List<String> switches = new ArrayList<>();
    settings.toProperties().forEach((name, value) -> switches.add("-D" + name + "=" + value));
    switches.addAll(EnvironmentRequest.fromSystem().arguments());
    for (String name : HANDED_ON) {
      String value = System.getProperty(name, "");
      if (!value.isBlank()) {
        switches.add("-D" + name + "=" + value);
      }
    }
    return switches;
  }

  private String classPath() {
    Stream<String> before = first.stream().map(jar -> jar.toAbsolutePath().toString());
    return Stream.concat(before, Stream.of(System.getProperty("java.class.path")))
        .collect(joining(File.pathSeparator));
  }

  private List<String> jvmArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(HEAP);
    boolean isShort =
        !settings.isFull() && (settings.tries() <= FEW_TRIES || !settings.drawsCases());
    arguments.addAll(isShort ? List.of("-XX:TieredStopAtLevel=1") : OPTIMIZE_LATE);
    // Any thread may lack memory; the others would wait for it forever.
    arguments.add("-XX:+ExitOnOutOfMemoryError");
    arguments.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    if (Runtime.version().feature() >= 22) {
      arguments.add("--enable-native-access=ALL-UNNAMED");
      // As users are told to: the suite runs on the fastest kernel, KERNELS on all of them.
      if (ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
        arguments.addAll(List.of("--add-modules", VECTOR_MODULE));
      }
    }
    return arguments;
  }
}
