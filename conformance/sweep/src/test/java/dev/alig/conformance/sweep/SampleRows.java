package dev.alig.conformance.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rows to test with. */
final class SampleRows {
  /** The list of rows that is shipped. */
  static final Path SHIPPED = Path.of("..", "..", "ci", "sweep.yaml");

  private SampleRows() {}

  /** A row that asks for little. */
  static Row plain(String name) {
    return Rows.read(SHIPPED).plain(Map.of("name", name, "about", "what it is for"));
  }

  /** Torch on a GPU, and the subjects on the CPU. */
  static Row cudaOracle() {
    return plain("cuda-oracle").with(Map.of("device", "cuda"));
  }

  /** Torch and subjects on a GPU. */
  static Row cuda(String... subjects) {
    return cudaOracle().with(Map.of("natives", "gpu", "subjects", List.of(subjects)));
  }

  /** The Python package as the subject. */
  static Row python(String device) {
    return plain("python")
        .with(Map.of("device", device, "oracle", "exact", "subjects", List.of("python")));
  }
}
