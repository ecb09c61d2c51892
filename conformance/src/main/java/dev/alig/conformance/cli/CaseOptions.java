package dev.alig.conformance.cli;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.gate.GateSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The switches that say which cases are drawn. */
final class CaseOptions {
  private final GateSettings unless = GateSettings.from(System.getProperties());

  @Option(names = "--tries", paramLabel = "N", description = "Cases a property (default: 1000).")
  private int tries = unless.tries();

  @Option(names = "--seed", paramLabel = "S", description = "What the cases follow from.")
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
  void check() {
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

  /** The requirements by name, as they were given; all where empty. */
  List<String> only() {
    return List.copyOf(only);
  }

  /** The requirements; all where empty. */
  Set<Requirement> requirements() {
    return only.stream().map(Requirement::of).collect(Collectors.toUnmodifiableSet());
  }
}
