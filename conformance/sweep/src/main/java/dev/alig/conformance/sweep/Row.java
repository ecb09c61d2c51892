package dev.alig.conformance.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.torch.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One combination to try; {@code ci/sweep.yaml} explains the keys. */
record Row(
    String name,
    String about,
    Os os,
    int jdk,
    String python,
    String torch,
    Device device,
    Natives natives,
    int threads,
    @JsonProperty("onednn") boolean oneDnn,
    String oracle,
    List<String> subjects,
    List<String> features,
    String jvm,
    Map<String, String> variables,
    List<String> runner,
    boolean scheduled) {
  private static final String PINNED = "pinned";

  /** The newest release of torch that the package index has. */
  static final String NEWEST = "newest";

  private static final int OLDEST_JDK = 17;

  private static final List<String> ORACLES =
      List.of(ConformanceSettings.BUNDLED, ConformanceSettings.EXACT, ConformanceSettings.TRACES);

  /** The libraries that the subjects use: those for the CPU, or those of Maven's profile gpu. */
  enum Natives {
    CPU,
    GPU
  }

  /** A family of operating systems. */
  enum Os {
    LINUX,
    MACOS,
    WINDOWS;

    /** The family of the system property {@code os.name}. */
    static Os of(String name) {
      return name.startsWith("Mac") ? MACOS : name.startsWith("Windows") ? WINDOWS : LINUX;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the values; each error message begins with the key. */
  Row {
    require(
        name.matches("[a-z0-9.]+(-[a-z0-9.]+)*"), "name", "words in lower case with hyphens", name);
    require(!about.isBlank(), "about", "a line of text", about);
    require(jdk >= OLDEST_JDK, "jdk", "at least " + OLDEST_JDK, jdk);
    require(python.matches("3\\.\\d+"), "python", "a release such as \"3.11\"", python);
    require(
        torch.matches(PINNED + "|" + NEWEST + "|\\d+\\.\\d+(\\.\\d+)?"),
        "torch",
        "pinned, newest or a version like 2.6.0",
        torch);
    require(threads >= 1, "threads", "at least 1", threads);
    require(
        ORACLES.contains(oracle) || Files.isDirectory(Path.of(oracle, "alig")),
        "oracle",
        "one of " + ORACLES + ", or a folder that holds an alig package",
        oracle);
    require(!runner.isEmpty(), "runner", "at least one label", runner);
    require(
        natives == Natives.CPU || device == Device.CUDA,
        "natives",
        "cpu where the device is cpu",
        natives);
    subjects = List.copyOf(subjects);
    features = List.copyOf(features);
    variables = new TreeMap<>(variables);
    runner = List.copyOf(runner);
  }

  private static void require(boolean holds, String key, String what, Object was) {
    if (!holds) {
      throw new IllegalArgumentException("%s: must be %s, was %s".formatted(key, what, was));
    }
  }

  /** The same row with other values of some keys. */
  Row with(Map<String, ?> instead) {
    return Rows.row(Rows.keys(this).setAll(Rows.keys(instead)));
  }

  /** Whether torch is the release in {@code requirements.txt}. */
  boolean isPinned() {
    return torch.equals(PINNED);
  }

  /** Whether ND4J computes on the GPU. */
  boolean needsNd4jCuda() {
    return natives == Natives.GPU && (subjects.isEmpty() || subjects.contains("nd4j"));
  }

  /** Whether torch computes on the CPU, so that its bits can be probed. */
  boolean hasTorch() {
    return device == Device.CPU
        && !oracle.equals(ConformanceSettings.EXACT)
        && !oracle.equals(ConformanceSettings.TRACES);
  }
}
