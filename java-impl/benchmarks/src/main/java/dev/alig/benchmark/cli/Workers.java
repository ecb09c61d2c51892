package dev.alig.benchmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.bridge.BridgeResult;
import dev.alig.benchmark.bridge.BridgeWorker;
import dev.alig.benchmark.race.Facts;
import dev.alig.benchmark.race.Pace;
import dev.alig.benchmark.race.Plan;
import dev.alig.benchmark.race.RaceResult;
import dev.alig.benchmark.race.Worker;
import dev.alig.benchmark.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts workers one after the other, hands them what to do, and reads what they found.
 *
 * @param out the folder for their files
 * @param progress takes a line now and then
 */
record Workers(Path out, Consumer<String> progress) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Runs races on one JDK with one number of threads. */
  Run race(Jdk jdk, int threads, Plan plan) throws IOException {
    Path log = out.resolve("jdk%d-threads%d.log".formatted(jdk.feature(), threads));
    JvmProcess process = new JvmProcess(jdk, threads, log);
    Path planned = out.resolve("plan.json");
    Path results = out.resolve("results.jsonl");
    JSON.writeValue(planned.toFile(), plan);
    Files.deleteIfExists(results);
    RaceCount count = new RaceCount(process, plan.races().size());
    process.run(Worker.class, List.of(planned, results), () -> count.tell(results));
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

  /** Times the bridge. */
  BridgeResult bridge(Jdk jdk, Pace pace) throws IOException {
    progress.accept("bridge, JDK " + jdk.feature());
    Path asked = out.resolve("pace.json");
    Path result = out.resolve("bridge.json");
    JSON.writeValue(asked.toFile(), pace);
    new JvmProcess(jdk, 1, out.resolve("bridge.log"))
        .run(BridgeWorker.class, List.of(asked, result), () -> {});
    BridgeResult found = JSON.readValue(result.toFile(), BridgeResult.class);
    Files.delete(asked);
    Files.delete(result);
    return found;
  }

  /** Tells of each race that has ended: a line of the results each, after one with the facts. */
  private final class RaceCount {
    private final JvmProcess process;
    private final int races;
    private int told;

    RaceCount(JvmProcess process, int races) {
      this.process = process;
      this.races = races;
    }

    void tell(Path results) throws IOException {
      if (!Files.exists(results)) {
        return;
      }
      long lines = Files.readString(results).chars().filter(c -> c == '\n').count();
      for (; told < lines - 1; told++) {
        progress.accept("%s: %d of %d races".formatted(process, told + 1, races));
      }
    }
  }
}
