package dev.alig.conformance.gate;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.oracle.ExactOracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Leaves the case that an oracle failed on in the report folder, so that it can be replayed. */
public final class FailureFolder {
  private FailureFolder() {}

  /**
   * Writes {@code failures/name/case.jsonl}: the case with the answer of exact arithmetic.
   *
   * @return the file
   */
  public static Path keep(Path out, String name, Scripted scripted) {
    Path file = out.resolve("failures").resolve(name).resolve("case.jsonl");
    ExactOracle exact = new ExactOracle();
    try {
      Recorded failing = new Recorded(Recorded.Origin.TH, scripted, exact.run(scripted));
      TraceFile.write(file, failing, exact.name());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the failing case cannot be written to " + file, e);
    }
  }
}
