package dev.alig.conformance.cli;

import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.torch.Device;
import dev.alig.conformance.torch.TorchSettings;
import dev.alig.python.ChildProcess;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The switches that say which torch computes, and how. */
final class TorchOptions {
  @Mixin private PythonProperties properties = new PythonProperties();

  @Option(names = "--torch", paramLabel = "VERSION", description = "The version of torch.")
  private Optional<String> torch = Optional.empty();

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
   * Hands the switches on as system properties, which Maven's switches are too.
   *
   * @throws IllegalArgumentException if one is malformed, or the oracle has no device
   */
  void apply(ConformanceSettings run, boolean needsPython) {
    python.ifPresent(program -> System.setProperty("python", program));
    device.ifPresent(word -> System.setProperty(TorchSettings.DEVICE, Device.of(word).word()));
    threads.ifPresent(n -> System.setProperty(TorchSettings.THREADS, Integer.toString(n)));
    if (withoutOneDnn) {
      System.setProperty(TorchSettings.ONE_DNN, "false");
    }
    if (device() != Device.CPU && !needsPython) {
      throw new IllegalArgumentException(
          "--device: the oracle %s computes without torch; leave --device out"
              .formatted(run.oracle()));
    }
  }

  /**
   * The environment that a run needs, set up first if it does not exist; empty if none is needed.
   *
   * @throws dev.alig.python.EnvironmentException if it cannot be set up
   * @throws IllegalArgumentException if its torch lacks the device
   */
  Optional<PythonEnvironment> environment(boolean needed, PrintStream out) throws IOException {
    properties.apply();
    // Workers ask for the same one by the same property.
    torch.ifPresent(version -> System.setProperty("torch.version", version));
    if (!needed) {
      return Optional.empty();
    }
    PythonEnvironment environment = PythonEnvironment.prepare(out);
    requireDevice(environment);
    return Optional.of(environment);
  }

  /** Asks torch for the device, in a process of its own, before any worker starts. */
  private static void requireDevice(PythonEnvironment environment) throws IOException {
    if (device() == Device.CPU) {
      return;
    }
    List<String> describe = List.of("-m", "alig_oracle", "describe", "--device", device().word());
    Process process = environment.command(describe).redirectErrorStream(true).start();
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

  private static Device device() {
    return TorchSettings.from(System.getProperties()).device();
  }
}
