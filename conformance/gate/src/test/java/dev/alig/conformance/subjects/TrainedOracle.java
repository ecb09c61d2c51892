package dev.alig.conformance.subjects;

import dev.alig.conformance.torch.TorchOracle;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.python.PythonEnvironment;
import java.util.Optional;

/** The bundled package in torch. */
public final class TrainedOracle {
  private TrainedOracle() {}

  /** A judge that asks it. */
  public static TrainedJudge judge() {
    PythonEnvironment environment = PythonEnvironment.prepare(System.err);
    return new TrainedJudge(TorchOracle.open(environment, Optional.empty()), () -> {});
  }
}
