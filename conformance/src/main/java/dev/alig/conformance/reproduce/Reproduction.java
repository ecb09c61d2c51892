package dev.alig.conformance.reproduce;

import dev.alig.conformance.DType;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** A failure that was left in a folder, to be tried again on a subject, without any oracle. */
public final class Reproduction {
  private final Scripted scripted;
  private final FindingFile finding;

  private Reproduction(Scripted scripted, FindingFile finding) {
    this.scripted = scripted;
    this.finding = finding;
  }

  /**
   * The failure in a folder.
   *
   * @throws UncheckedIOException if {@code case.jsonl} or {@code finding.json} cannot be read
   */
  public static Reproduction in(Path folder) {
    try {
      Recorded recorded = TraceFile.read(folder.resolve("case.jsonl")).get(0);
      return new Reproduction(
          recorded.scripted(), FindingFile.read(folder.resolve("finding.json")));
    } catch (IOException e) {
      throw new UncheckedIOException("the failure in " + folder + " cannot be read", e);
    }
  }

  /**
   * Runs the case on a subject.
   *
   * @throws AssertionError if its number is not legal; the text has the facts
   */
  public void check(Implementation subject) {
    Trace trace = subject.run(scripted);
    OptionalDouble number = finding.place().in(trace);
    if (number.isEmpty()) {
      throw new AssertionError(
          "where     %s%nexpected  %s%nactual    no such number"
              .formatted(finding.where(), finding.expected()));
    }
    double actual = number.getAsDouble();
    double low = TraceFile.number(finding.low());
    double high = TraceFile.number(finding.high());
    if (!DType.same(actual, low) && !(low <= actual && actual <= high && low < high)) {
      throw new AssertionError(
          "where     %s%nexpected  %s%nactual    %s"
              .formatted(finding.where(), finding.expected(), TraceFile.hex(actual)));
    }
  }
}
