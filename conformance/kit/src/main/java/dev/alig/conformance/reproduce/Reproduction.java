package dev.alig.conformance.reproduce;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Variants.Variant;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.StepCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/** A failure in a folder, to be tried again on a subject without an oracle. */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Reproduction {
  private final StepCase scripted;
  private final FindingFile finding;

  private Reproduction(StepCase scripted, FindingFile finding) {
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
      return new Reproduction(
          TraceFile.read(folder.resolve("case.jsonl")).get(0).scripted(),
          FindingFile.read(folder.resolve("finding.json")));
    } catch (IOException e) {
      throw new UncheckedIOException("the failure in " + folder + " cannot be read", e);
    }
  }

  /**
   * Runs the case on a subject; if a kernel failed, on this kernel.
   *
   * @throws AssertionError if the number is not legal, or this machine lacks the kernel
   */
  public void check(Implementation subject) {
    if (finding.kernel().isEmpty()) {
      checkOn(subject);
      return;
    }
    List<Variant> kernels = subject.variants().named(finding.kernel());
    if (kernels.isEmpty()) {
      throw new AssertionError(
          "the case failed on kernel %s, which cannot run here".formatted(finding.kernel()));
    }
    kernels.forEach(kernel -> checkOn(kernel.implementation()));
  }

  private void checkOn(Implementation subject) {
    OptionalDouble number = finding.place().in(subject.run(scripted));
    if (number.isEmpty() || !isLegal(number.getAsDouble())) {
      String found = number.isEmpty() ? "no such number" : TraceFile.hex(number.getAsDouble());
      throw new AssertionError(
          "where     %s%nexpected  %s%nactual    %s"
              .formatted(finding.where(), finding.expected(), found));
    }
  }

  private boolean isLegal(double actual) {
    double low = TraceFile.number(finding.low());
    double high = TraceFile.number(finding.high());
    return DType.same(actual, low) || (low <= actual && actual <= high && low < high);
  }
}
