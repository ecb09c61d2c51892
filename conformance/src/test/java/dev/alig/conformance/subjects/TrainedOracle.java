package dev.alig.conformance.subjects;

import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.trained.TrainedJudge;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.util.Optional;

/** The bundled package in torch. */
public final class TrainedOracle {
  private TrainedOracle() {}

  /** A judge that asks it. */
  public static TrainedJudge judge() {
    PythonEnvironment environment =
        PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
    return new TrainedJudge(TorchOracle.open(environment, Optional.empty()), () -> {});
  }
}
