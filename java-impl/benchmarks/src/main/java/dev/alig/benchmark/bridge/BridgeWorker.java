package dev.alig.benchmark.bridge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.race.Pace;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The process that times the bridge; its arguments are a file with a {@link Pace} and one for the
 * {@link BridgeResult}.
 */
public final class BridgeWorker {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<Integer> ELEMENTS = List.of(1, 100, 10_000);

  private static final int CASES_EACH = 3;

  private BridgeWorker() {}

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    Pace pace = JSON.readValue(Path.of(arguments[0]).toFile(), Pace.class);
    PythonEnvironment environment =
        PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
    try (Bridge bridge = new Bridge(environment)) {
      JSON.writeValue(Path.of(arguments[1]).toFile(), bridge.measure(ELEMENTS, pace, CASES_EACH));
    }
    // The interpreter is never closed.
    System.exit(0);
  }
}
