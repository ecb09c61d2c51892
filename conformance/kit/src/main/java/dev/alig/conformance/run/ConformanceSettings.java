package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.oracle.PythonLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What a run is to do.
 *
 * @param oracle {@code bundled}, {@code exact}, {@code traces}, or the folder of an {@code alig}
 *     package
 * @param traces trace files or folders; if there are any, the run replays them and does nothing
 *     else
 * @param tries how many cases each property draws
 * @param seed the seed of all cases
 * @param only the requirements to check; empty for all
 * @param out the report folder
 */
@API(status = INTERNAL, since = "0.1")
public record ConformanceSettings(
    String oracle, List<Path> traces, int tries, long seed, Set<Requirement> only, Path out) {
  /** Cases per property, unless the user chooses. */
  public static final int DEFAULT_TRIES = 1000;

  /** The seed, unless the user chooses; so two runs are alike. */
  public static final long DEFAULT_SEED = 20_260_101;

  /** The bundled Python package. */
  public static final String BUNDLED = "bundled";

  /** Exact arithmetic. */
  public static final String EXACT = "exact";

  /** The recorded traces alone. */
  public static final String TRACES = "traces";

  /** The oracles that have a name; others are folders. */
  public static final List<String> ORACLES = List.of(BUNDLED, EXACT, TRACES);

  /** Checks the numbers and copies the lists. */
  public ConformanceSettings {
    if (tries < 1) {
      throw new IllegalArgumentException("conformance.tries must be > 0, was " + tries);
    }
    traces = List.copyOf(traces);
    only = Set.copyOf(only);
  }

  /** Whether the oracle lives in Python. */
  public boolean needsPython() {
    return !oracle.equals(EXACT) && !oracle.equals(TRACES);
  }

  /** The folder of the user's {@code alig} package that is the oracle; empty for other oracles. */
  public String original() {
    return needsPython() && !oracle.equals(BUNDLED) ? oracle : "";
  }

  /** Whether a requirement is to be checked. */
  public boolean wants(Requirement requirement) {
    return only.isEmpty() || only.contains(requirement);
  }

  /** Whether a property of some requirements is to run; {@code draws} if it draws cases. */
  public boolean asksFor(Collection<Requirement> requirements, boolean draws) {
    return requirements.stream().anyMatch(this::wants) && (drawsCases() || !draws);
  }

  /** Whether cases are drawn, not only traces replayed. */
  public boolean drawsCases() {
    return traces.isEmpty() && !oracle.equals(TRACES);
  }

  /** Whether everything is checked, so that the run must show what the whole suite shows. */
  public boolean isFull() {
    return only.isEmpty() && drawsCases();
  }

  /**
   * Settings from system properties: {@code conformance.oracle} or {@code alig.original}, {@code
   * conformance.traces}, {@code conformance.tries}, {@code conformance.seed}, {@code
   * conformance.only}, {@code conformance.out}.
   *
   * @throws IllegalArgumentException naming the property that is malformed
   */
  public static ConformanceSettings from(Properties properties) {
    String original = properties.getProperty("alig.original", "");
    String oracle = properties.getProperty("conformance.oracle", "");
    String chosen = !oracle.isBlank() ? oracle : original.isBlank() ? defaultOracle() : original;
    return new ConformanceSettings(
        chosen,
        list(properties, "conformance.traces").stream().map(Path::of).toList(),
        (int) number(properties, "conformance.tries", DEFAULT_TRIES),
        number(properties, "conformance.seed", DEFAULT_SEED),
        list(properties, "conformance.only").stream()
            .map(Requirement::of)
            .collect(Collectors.toUnmodifiableSet()),
        Path.of(properties.getProperty("conformance.out", "target/conformance")));
  }

  /** The bundled Python package if the kit can load it, else exact arithmetic. */
  private static String defaultOracle() {
    return PythonLoader.find().isPresent() ? BUNDLED : EXACT;
  }

  /** The same settings as system properties. */
  public TreeMap<String, String> toProperties() {
    TreeMap<String, String> properties = new TreeMap<>();
    properties.put("conformance.oracle", oracle);
    properties.put(
        "conformance.traces", traces.stream().map(Path::toString).collect(Collectors.joining(",")));
    properties.put("conformance.tries", Integer.toString(tries));
    properties.put("conformance.seed", Long.toString(seed));
    properties.put(
        "conformance.only",
        only.stream().map(Requirement::name).sorted().collect(Collectors.joining(",")));
    properties.put("conformance.out", out.toString());
    return properties;
  }

  private static List<String> list(Properties properties, String name) {
    return Arrays.stream(properties.getProperty(name, "").split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static long number(Properties properties, String name, long otherwise) {
    String text = properties.getProperty(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, was " + text, e);
    }
  }
}
