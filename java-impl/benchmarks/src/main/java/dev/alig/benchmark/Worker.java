package dev.alig.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.Turns.Pace;
import dev.alig.python.ChildProcess;
import dev.alig.python.PythonEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The process that runs races: on one JDK, with one number of threads.
 *
 * <p>It reads a line of JSON with a {@link Plan}, and answers with a line for the {@link Run}
 * without races, and one for each {@link RaceResult} or {@link TrainingRace.Result} as soon as
 * there is one.
 */
final class Worker {
  private static final JsonMapper JSON = new JsonMapper();

  /** The system property that our kernels heed as well. */
  private static final String THREADS = "alig.threads";

  private Worker() {}

  /** How many threads a contender of this JVM may use. */
  static int threads() {
    return Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * What a worker has to do.
   *
   * @param training whether to train networks, after the races
   * @param python the interpreter with torch; empty if no contender needs it
   */
  record Plan(List<Race> races, boolean training, Pace pace, String python) {}

  /**
   * What starts a worker.
   *
   * @param jdk the JDK's folder
   * @param threads how many each contender may use
   * @param python the environment that torch runs in; empty if no contender needs it
   */
  static ProcessBuilder command(Path jdk, int threads, Optional<PythonEnvironment> python) {
    ProcessBuilder builder =
        python.map(environment -> environment.command(List.of())).orElseGet(ProcessBuilder::new);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    return builder.command(
        jdk.resolve("bin/java").toString(),
        // What a user gives a JVM for the fastest kernels; a JDK without them ignores it.
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        // Compilation holds the caller up, so that a warm-up ends with compiled code on busy
        // machines too.
        "-Xbatch",
        "-D%s=%d".formatted(THREADS, threads),
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        // ND4J limits its memory to that of Java's heap.
        "-Dorg.bytedeco.javacpp.maxbytes=0",
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
        ChildProcess.parentSwitch(),
        "-cp",
        System.getProperty("java.class.path"),
        Worker.class.getName());
  }

  /** Runs the plan. */
  public static void main(String[] arguments) throws IOException {
    ChildProcess.endWithParent();
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What libraries print goes to the log.
    System.setOut(System.err);
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    run(JSON.readValue(questions.readLine(), Plan.class), answers);
    // Helper threads of native libraries need not be awaited.
    System.exit(0);
  }

  static void run(Plan plan, PrintStream answers) throws IOException {
    ProcessBuilder command = new ProcessBuilder(plan.python, "-m", OnTorch.MODULE);
    command.redirectError(Redirect.INHERIT);
    Optional<JsonProcess> python =
        plan.python.isEmpty()
            ? Optional.empty()
            : Optional.of(new JsonProcess("the Python process", command));
    try {
      Run empty = Run.ofThisJvm(python.map(Worker::greet).orElse(Map.of()));
      answers.println(JSON.writeValueAsString(empty));
      for (Race race : plan.races) {
        answers.println(JSON.writeValueAsString(race.run(plan.pace, python)));
        // Frees the momentum that optimizers of ND4J leave to the collector.
        System.gc();
      }
      for (TrainingRace race : plan.training ? TrainingRace.all() : List.<TrainingRace>of()) {
        answers.println(JSON.writeValueAsString(race.run(plan.pace)));
      }
    } finally {
      python.ifPresent(JsonProcess::close);
    }
  }

  /** Tells torch how many threads it may use; returns the versions there. */
  private static Map<String, String> greet(JsonProcess python) {
    JsonNode versions = python.ask(Map.of("ask", "hello", "threads", threads()));
    return JSON.convertValue(versions, new TypeReference<>() {});
  }
}
