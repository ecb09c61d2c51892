package dev.alig.benchmark.cli;

import dev.alig.benchmark.contender.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that measures.
 *
 * @param threads how many each contender may use
 * @param log where its output goes
 */
record JvmProcess(Jdk jdk, int threads, Path log) {
  private static final long POLL_MILLIS = 200;
  private static final int SHOWN_LINES = 12;

  /** Looks at what there is while a process runs. */
  interface Look {
    void look() throws IOException;
  }

  /**
   * Runs a main class to its end.
   *
   * @param look called now and then, and once at the end
   * @throws IllegalStateException if it fails; the message has what it said last
   */
  void run(Class<?> main, List<Path> arguments, Look look) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(main, arguments))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    prepare(builder.environment());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process)));
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        look.look();
      }
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a worker ran", e);
    }
    look.look();
    if (process.exitValue() != 0) {
      throw new IllegalStateException(failure(process.exitValue()));
    }
  }

  private String failure(int status) throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    return "the worker on %s ended with status %d; the end of %s:%n%s"
        .formatted(this, status, log, String.join(System.lineSeparator(), last));
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private List<String> command(Class<?> main, List<Path> arguments) {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(jdk.arguments());
    // Compilation holds the caller up, so that a warm-up ends with compiled code on busy machines
    // too.
    command.add("-Xbatch");
    command.add("-D" + Threads.PROPERTY + "=" + threads);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    // ND4J limits its memory to that of Java's heap.
    command.add("-Dorg.bytedeco.javacpp.maxbytes=0");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    for (String name : List.of("python", "torch.version", "python.env", "python.cache")) {
      String value = System.getProperty(name, "");
      if (!value.isBlank()) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    arguments.forEach(argument -> command.add(argument.toString()));
    return command;
  }

  /** Variables of another Python would mislead that of the worker. */
  private void prepare(Map<String, String> variables) {
    variables.put("OMP_NUM_THREADS", Integer.toString(threads));
    variables.remove("PYTHONHOME");
    variables.remove("PYTHONPATH");
  }

  @Override
  public String toString() {
    return "JDK %d, %d %s".formatted(jdk.feature(), threads, threads == 1 ? "thread" : "threads");
  }
}
