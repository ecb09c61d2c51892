package dev.alig.conformance.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** The switches that check the report of an earlier run. */
final class RecheckOptions {
  @Option(
      names = "--recheck",
      required = true,
      paramLabel = "REPORT",
      description =
          "Checks the report.json of an earlier run: compares the digests of subjects and oracle,"
              + " and runs a sample of its cases again.")
  Path report = Path.of("report.json");

  @Parameters(
      paramLabel = "JAR",
      description = "With --recheck: a jar that the report should name; the sample runs it.")
  List<Path> jars = new ArrayList<>();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "With --recheck: about how many random cases run again (default: 100), beside the"
              + " recorded worst ones. 0 compares digests only.")
  int sample = 100;

  @Option(
      names = "--sample-seed",
      paramLabel = "S",
      description = "With --recheck: the seed of the choice of cases (default: random).")
  long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);

  /** Refuses a negative sample, and switches that contradict the report. */
  void check(ParseResult switches) {
    if (sample < 0) {
      throw new IllegalArgumentException("--sample must be >= 0, was " + sample);
    }
    for (String name : List.of("--subject", "--traces", "--tries", "--seed", "--only")) {
      if (switches.hasMatchedOption(name)) {
        throw new IllegalArgumentException(
            "%s: the report says that; leave it out with --recheck".formatted(name));
      }
    }
  }
}
