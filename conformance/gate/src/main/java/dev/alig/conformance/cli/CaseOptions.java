package dev.alig.conformance.cli;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.run.ConformanceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import picocli.CommandLine.Option;

/** The switches that choose the cases. */
@API(status = INTERNAL, since = "0.1")
public final class CaseOptions {
  /** For a command that mixes them in. */
  public CaseOptions() {}

  private final ConformanceSettings unless = ConformanceSettings.from(System.getProperties());

  @Option(names = "--tries", paramLabel = "N", description = "Cases per property (default: 1000).")
  private int tries = unless.tries();

  @Option(names = "--seed", paramLabel = "S", description = "The seed of all cases.")
  private long seed = unless.seed();

  @Option(
      names = "--only",
      paramLabel = "REQUIREMENT",
      description = "A requirement to check (default: all). May be repeated.")
  private List<String> only = new ArrayList<>();

  /**
   * Checks the switches, for a command that hands them on.
   *
   * @throws IllegalArgumentException if there are to be no cases, or a requirement is unknown
   */
  public void check() {
    if (tries < 1) {
      throw new IllegalArgumentException("--tries must be > 0, was " + tries);
    }
    requirements();
  }

  int tries() {
    return tries;
  }

  long seed() {
    return seed;
  }

  /** The same switches for {@code ci/conform}. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--tries", Integer.toString(tries), "--seed", Long.toString(seed)));
    only.forEach(requirement -> arguments.addAll(List.of("--only", requirement)));
    return arguments;
  }

  /** The requirements; all where empty. */
  Set<Requirement> requirements() {
    return only.stream().map(Requirement::of).collect(Collectors.toUnmodifiableSet());
  }
}
