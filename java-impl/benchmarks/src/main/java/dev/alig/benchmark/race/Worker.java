package dev.alig.benchmark.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Threads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The process that runs races: on one JDK, with one number of threads.
 *
 * <p>Its arguments are a file with a {@link Plan} and one for the results: a line of JSON with the
 * {@link Facts}, then one for each {@link RaceResult} as soon as there is one.
 */
public final class Worker {
  private static final JsonMapper JSON = new JsonMapper();

  private Worker() {}

  /** Runs the plan. */
  public static void main(String[] arguments) throws IOException {
    Plan plan = JSON.readValue(Path.of(arguments[0]).toFile(), Plan.class);
    try (PrintStream results = new PrintStream(Files.newOutputStream(Path.of(arguments[1])))) {
      run(plan, results);
    }
    // Helper threads of native libraries need not be awaited.
    System.exit(0);
  }

  static void run(Plan plan, PrintStream results) throws IOException {
    boolean needsPython =
        plan.races().stream().flatMap(r -> r.contenders().stream()).anyMatch(Contender::isPython);
    Optional<Twin> twin =
        needsPython
            ? Optional.of(new Twin(Path.of(plan.python()), Path.of(plan.sources())))
            : Optional.empty();
    try {
      Facts facts = Facts.ofThisJvm(twin.map(Worker::greet).orElse(Map.of()));
      write(results, facts);
      for (Race race : plan.races()) {
        write(results, race.run(plan.pace(), twin));
        // Frees the momentum that optimizers of ND4J leave to the collector.
        System.gc();
      }
    } finally {
      twin.ifPresent(Twin::close);
    }
  }

  /** Tells torch how many threads it may use; returns the versions there. */
  private static Map<String, String> greet(Twin twin) {
    JsonNode answer = twin.ask(Twin.question("hello").put("threads", Threads.count()));
    Map<String, String> versions = new TreeMap<>();
    for (String name : new String[] {"torch", "numpy", "python"}) {
      versions.put(name, answer.path(name).asText());
    }
    return versions;
  }

  private static void write(PrintStream results, Object value) throws IOException {
    results.println(JSON.writeValueAsString(value));
    results.flush();
  }
}
