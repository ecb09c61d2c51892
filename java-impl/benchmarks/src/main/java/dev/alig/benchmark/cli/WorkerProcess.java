package dev.alig.benchmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.contender.Threads;
import dev.alig.benchmark.race.Facts;
import dev.alig.benchmark.race.Plan;
import dev.alig.benchmark.race.RaceResult;
import dev.alig.benchmark.race.Worker;
import dev.alig.benchmark.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A JVM for one JDK and one number of threads. */
record WorkerProcess(Jdk jdk, int threads, Path out) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long POLL_MILLIS = 200;
  private static final int SHOWN_LINES = 12;

  /**
   * Runs a plan to its end.
   *
   * @throws IllegalStateException if the worker fails; the message has what it said last
   */
  Run run(Plan plan, Consumer<String> progress) throws IOException {
    Path planned = out.resolve("plan.json");
    Path results = out.resolve("results.jsonl");
    Files.deleteIfExists(results);
    JSON.writeValue(planned.toFile(), plan);
    await(start(planned, results), results, plan, progress);
    List<String> lines = Files.readAllLines(results);
    Files.delete(planned);
    Files.delete(results);
    Facts facts = JSON.readValue(lines.get(0), Facts.class);
    List<RaceResult> races = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      races.add(JSON.readValue(line, RaceResult.class));
    }
    return new Run(facts, races);
  }

  private Process start(Path planned, Path results) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(planned, results))
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process)));
    return process;
  }

  private void await(Process process, Path results, Plan plan, Consumer<String> progress)
      throws IOException {
    try {
      int told = 0;
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        for (int done = finished(results); told < done; told++) {
          progress.accept("%s: %d of %d races".formatted(this, told + 1, plan.races().size()));
        }
      }
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a worker ran", e);
    }
    if (process.exitValue() != 0) {
      List<String> said = Files.readAllLines(log());
      throw new IllegalStateException(
          "the worker on %s ended with status %d; the end of %s:%n%s"
              .formatted(
                  this,
                  process.exitValue(),
                  log(),
                  String.join(
                      System.lineSeparator(),
                      said.subList(Math.max(0, said.size() - SHOWN_LINES), said.size()))));
    }
  }

  /** The races whose line is complete; the first line has the facts. */
  private static int finished(Path results) throws IOException {
    if (!Files.exists(results)) {
      return 0;
    }
    long lines = Files.readString(results).chars().filter(c -> c == '\n').count();
    return (int) Math.max(0, lines - 1);
  }

  private Path log() {
    return out.resolve("jdk%d-threads%d.log".formatted(jdk.feature(), threads));
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private List<String> command(Path planned, Path results) {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(jdk.arguments());
    command.add("-D" + Threads.PROPERTY + "=" + threads);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    // ND4J limits its memory to that of Java's heap.
    command.add("-Dorg.bytedeco.javacpp.maxbytes=0");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(List.of(planned.toString(), results.toString()));
    return command;
  }

  @Override
  public String toString() {
    return "JDK %d, threads %d".formatted(jdk.feature(), threads);
  }
}
