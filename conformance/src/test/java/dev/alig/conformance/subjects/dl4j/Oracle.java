package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.trained.TrainedJudge;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.util.Optional;

/** The bundled package in torch. */
final class Oracle {
  private Oracle() {}

  static TrainedJudge judge() {
    PythonEnvironment environment =
        PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
    return new TrainedJudge(TorchOracle.open(environment, Optional.empty()), () -> {});
  }
}
