package dev.alig.conformance.matrix;

import dev.alig.conformance.oracle.Device;
import java.util.List;
import java.util.Map;

/** Rows to test with. */
final class Rows {
  private Rows() {}

  /** A row that asks for little. */
  static Row plain(String name) {
    return of(name, Row.Runs.CONFORM, Device.CPU, Row.Natives.CPU, List.of());
  }

  /** A row with some torch. */
  static Row torch(String torch) {
    return of("torch", Row.Runs.CONFORM, torch, Device.CPU, Row.Natives.CPU, List.of());
  }

  /** Torch on a GPU, and the subjects on the CPU. */
  static Row cudaOracle() {
    return of("cuda-oracle", Row.Runs.CONFORM, Device.CUDA, Row.Natives.CPU, List.of());
  }

  /** Torch and subjects on a GPU. */
  static Row cuda(String... subjects) {
    return of("cuda", Row.Runs.CONFORM, Device.CUDA, Row.Natives.GPU, List.of(subjects));
  }

  /** The Python half alone. */
  static Row replay(Device device) {
    return of("replay", Row.Runs.REPLAY, device, Row.Natives.CPU, List.of());
  }

  private static Row of(
      String name, Row.Runs runs, Device device, Row.Natives natives, List<String> subjects) {
    return of(name, runs, Row.PINNED, device, natives, subjects);
  }

  private static Row of(
      String name,
      Row.Runs runs,
      String torch,
      Device device,
      Row.Natives natives,
      List<String> subjects) {
    return new Row(
        name,
        "what it is for",
        runs,
        Os.LINUX,
        17,
        "3.11",
        torch,
        device,
        natives,
        1,
        true,
        subjects,
        Map.of(),
        List.of("ubuntu"),
        false);
  }
}
