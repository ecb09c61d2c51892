package dev.alig.conformance.cli;

import dev.alig.conformance.gate.GateSettings;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The switch that says which torch, and the environment that has it. */
final class TorchRelease {
  @Option(names = "--torch", paramLabel = "VERSION", description = "The version of torch.")
  private Optional<String> torch = Optional.empty();

  /**
   * The environment that a run needs, set up first where it is not there; empty for an oracle
   * without Python.
   *
   * @throws dev.alig.python.EnvironmentException if it cannot be had
   */
  Optional<PythonEnvironment> environment(GateSettings settings, PrintStream out) {
    // Workers ask for the same one by the same property.
    torch.ifPresent(version -> System.setProperty("torch.version", version));
    return settings.needsPython()
        ? Optional.of(PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(out)))
        : Optional.empty();
  }
}
