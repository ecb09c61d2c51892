package dev.alig.conformance.matrix;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.alig.conformance.oracle.Device;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One combination to try.
 *
 * @param name its name, in lower case with hyphens
 * @param about what it is for, in one line
 * @param runs what is run
 * @param os the operating system
 * @param jdk the feature release of the JDK that the gate runs on
 * @param python the release of Python, such as {@code 3.11}
 * @param torch {@code pinned}, {@code newest} or a version
 * @param device where the oracle's tensors lie
 * @param natives what the subjects compute with
 * @param threads how many threads torch may use within an operation
 * @param oneDnn whether torch may use oneDNN
 * @param subjects the optimizers to check; all where empty
 * @param variables environment variables
 * @param runner the labels of the hosted machine
 * @param scheduled whether the hosted workflow runs it on a schedule only
 */
public record Row(
    String name,
    String about,
    Runs runs,
    Os os,
    int jdk,
    String python,
    String torch,
    Device device,
    Natives natives,
    int threads,
    @JsonProperty("onednn") boolean oneDnn,
    List<String> subjects,
    Map<String, String> variables,
    List<String> runner,
    boolean scheduled) {
  /** The torch of {@code requirements.txt}. */
  public static final String PINNED = "pinned";

  /** The newest release of torch that the package index has. */
  public static final String NEWEST = "newest";

  private static final int OLDEST_JDK = 17;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern PYTHON = Pattern.compile("3\\.\\d+");
  private static final Pattern TORCH =
      Pattern.compile(PINNED + "|" + NEWEST + "|\\d+\\.\\d+\\.\\d+");

  /** What a row runs. */
  public enum Runs {
    /** The gate. */
    CONFORM,

    /** The Python half alone: traces and random cases, on the device and on the CPU. */
    REPLAY;

    /** The name in the file of rows. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the subjects compute with. */
  public enum Natives {
    /** Native libraries for the processor. */
    CPU,

    /** Those of Maven's profile {@code gpu}. */
    GPU;

    /** The name in the file of rows. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the values, in messages that begin with the key. */
  public Row {
    require(NAME.matcher(name).matches(), "name", "words in lower case with hyphens", name);
    require(!about.isBlank(), "about", "a line of text", about);
    require(jdk >= OLDEST_JDK, "jdk", "at least " + OLDEST_JDK, jdk);
    require(PYTHON.matcher(python).matches(), "python", "a release such as \"3.11\"", python);
    require(
        TORCH.matcher(torch).matches(), "torch", "pinned, newest or a version like 2.6.0", torch);
    require(threads >= 1, "threads", "at least 1", threads);
    require(!runner.isEmpty(), "runner", "at least one label", runner);
    require(
        natives == Natives.CPU || device == Device.CUDA,
        "natives",
        "cpu where the device is cpu",
        natives.word());
    subjects = List.copyOf(subjects);
    variables = new TreeMap<>(variables);
    runner = List.copyOf(runner);
  }

  private static void require(boolean holds, String key, String what, Object was) {
    if (!holds) {
      throw new IllegalArgumentException("%s: must be %s, was %s".formatted(key, what, was));
    }
  }

  /** Whether ND4J computes on the GPU. */
  boolean needsNd4jCuda() {
    return runs == Runs.CONFORM
        && natives == Natives.GPU
        && (subjects.isEmpty() || subjects.contains("nd4j"));
  }
}
