package dev.alig.conformance.cli;

import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.oracle.Device;
import dev.alig.conformance.oracle.TorchSettings;
import dev.alig.python.ChildProcess;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The switches that say in which Python and how torch computes. */
final class TorchOptions {
  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description = "The Python to build the environment on, such as python3.13.")
  private Optional<String> python = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where torch computes: cpu (default) or cuda.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--torch-threads",
      paramLabel = "N",
      description = "How many threads torch may use within an operation (default: 1).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--without-onednn",
      description = "Convolutions and LSTMs of torch do without oneDNN.")
  private boolean withoutOneDnn;

  /**
   * Hands the switches on as the system properties that Maven's switches are.
   *
   * @throws IllegalArgumentException if one is malformed, or the oracle has no device
   */
  void apply(GateSettings gate) {
    python.ifPresent(program -> System.setProperty("python", program));
    device.ifPresent(word -> System.setProperty(TorchSettings.DEVICE, Device.of(word).word()));
    threads.ifPresent(n -> System.setProperty(TorchSettings.THREADS, Integer.toString(n)));
    if (withoutOneDnn) {
      System.setProperty(TorchSettings.ONE_DNN, "false");
    }
    if (settings().device() != Device.CPU && !gate.needsPython()) {
      throw new IllegalArgumentException(
          "--device: the oracle %s computes without torch; leave --device out"
              .formatted(gate.oracle()));
    }
  }

  /**
   * Asks torch for the device, in a process of its own, before any worker starts.
   *
   * @throws IllegalArgumentException saying what torch lacks
   */
  void requireDevice(PythonEnvironment environment) throws IOException {
    if (settings().device() == Device.CPU) {
      return;
    }
    List<String> describe =
        List.of("-m", "alig_oracle", "describe", "--device", settings().device().word());
    Process process =
        environment
            .command(List.of(environment.sources()), describe)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (ChildProcess.attend(process, ChildProcess::end, process::waitFor) != 0) {
        throw new IllegalArgumentException(said.strip().replaceFirst("^alig_oracle: ", ""));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while torch was asked for its device", e);
    }
  }

  private static TorchSettings settings() {
    return TorchSettings.from(System.getProperties());
  }
}
