package dev.alig.conformance.cli;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.oracle.BridgeCheck;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.releases.Observation;
import dev.alig.conformance.releases.Trials;
import dev.alig.python.ChildProcess;
import dev.alig.python.EnvironmentException;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The process in which {@code ci/releases --bisect} looks at cases through Jep. */
public final class BisectWorker {
  /** Enough draws to meet every format, shape and stride. */
  private static final int DRAWS = 50;

  private BisectWorker() {}

  /**
   * Looks at the cases, and writes what it saw.
   *
   * @param arguments the subject's name; the folder of the oracle's package, or an empty text for
   *     the bundled one; the trace file; the answers of plain Python, and those of torch's portable
   *     kernels, which need not exist; the file to write
   */
  public static void main(String[] arguments) throws IOException {
    ChildProcess.endWithParent();
    try {
      Implementation subject = Suites.named(List.of(arguments[0])).get(0).subject();
      Optional<Path> folder =
          Optional.of(arguments[1]).filter(name -> !name.isEmpty()).map(Path::of);
      PythonEnvironment python =
          PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
      TorchOracle oracle = TorchOracle.open(python, folder);
      Trials trials =
          new Trials(
              TraceFile.read(Path.of(arguments[2])),
              answers(arguments[3]),
              answers(arguments[4]),
              bridge(oracle.bridge()));
      Observation observation = trials.observe(oracle, subject);
      observation.write(Path.of(arguments[5]));
    } catch (OracleException | EnvironmentException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    // Python's threads must not keep the process.
    System.exit(0);
  }

  private static List<Recorded> answers(String file) {
    return Files.exists(Path.of(file)) ? TraceFile.read(Path.of(file)) : List.of();
  }

  private static String bridge(BridgeCheck bridge) {
    try {
      for (long draw = 0; draw < DRAWS; draw++) {
        bridge.carriesEveryBit(draw);
        bridge.sharesMemory(draw);
        bridge.returnsCases(draw);
      }
      return "";
    } catch (OracleException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
