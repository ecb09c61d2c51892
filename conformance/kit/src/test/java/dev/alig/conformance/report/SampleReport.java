package dev.alig.conformance.report;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.causes.Explanation;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.model.Closeness;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Extremes;
import dev.alig.conformance.model.Histogram;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Event.Outcome;
import dev.alig.conformance.trained.Peak;
import dev.alig.conformance.trained.TrainedSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports that have everything in them, and names and messages that are not meant well. */
public final class SampleReport {
  /** What no format may take for markup, and no XML may hold. */
  public static final String HOSTILE =
      "<script>alert('x')</script>&amp;\"quoted\" `code` | {{verdict}} \u0000\u001b[31m ]]> -->"
          + " é😀";

  /** A subject with a name as awkward. */
  public static final String AWKWARD = "o<b>\"d</b>&'d #1?";

  /** The message of a failure in facts, one of them long. */
  public static final String FACTS =
      """
      requirement  CAP  the step size of a group
      case         scripted, FLOAT, 2 groups, property seed 42
      expected     0.12500003   0x1.000004p-3   alig.th
      actual       %s
      replay       ci/conform --traces out/failures/%s-CAP/case.jsonl\
      """
          .formatted("9".repeat(400), AWKWARD);

  private final ReportBuilder builder =
      new ReportBuilder(
          new ConformanceSettings(
              ConformanceSettings.BUNDLED, List.of(), 10, 7, Set.of(), Path.of("out")));

  private SampleReport() {}

  /** A run in which everything was met. */
  public static Report conforming() {
    SampleReport sample = new SampleReport();
    sample.subject("nd4j", Outcome.AGREES, Outcome.AGREES, "");
    sample.rest(AskedDifference.State.HOLDS);
    return sample.build(Optional.empty());
  }

  /**
   * A run of two subjects, one of which differs, calls requirements inapplicable and breaks; with
   * pairs that did not meet, a defect that was not caught, and a stale difference.
   */
  public static Report failing() {
    SampleReport sample = new SampleReport();
    sample.subject("nd4j", Outcome.AGREES, Outcome.AGREES, "");
    sample.subject(AWKWARD, Outcome.DIFFERS, Outcome.BROKEN, FACTS);
    sample.explained(List.of(List.of("eps = 1e-6", "max_lr is ignored")));
    sample.explained(List.of());
    sample.rest(AskedDifference.State.STALE);
    return sample.build(Optional.empty());
  }

  /** A run whose worker died before anything was compared. */
  public static Report empty() {
    return new SampleReport().build(Optional.of("the worker died of " + HOSTILE));
  }

  private void explained(List<List<String>> settings) {
    builder.add(
        new Event.Explained(
            AWKWARD,
            "p",
            List.of(Requirement.CAP, Requirement.NORM),
            HOSTILE,
            List.of(new Explanation(HOSTILE, "the unclipped step size", settings))));
  }

  private Report build(Optional<String> failure) {
    builder.add(new Event.Finished());
    return builder.build(failure, 83.5);
  }

  private void subject(String name, Outcome ofCap, Outcome ofNorm, String facts) {
    builder.add(new Event.SubjectStarted(name, "1.0 " + HOSTILE, "ab".repeat(32), List.of(), 50));
    for (Requirement requirement : Requirement.values()) {
      Outcome outcome =
          switch (requirement) {
            case CAP -> ofCap;
            case NORM -> ofNorm;
            case TRAINED_LSTM -> Outcome.INAPPLICABLE;
            default -> Outcome.AGREES;
          };
      String message = outcome == Outcome.AGREES ? "" : ofCap == outcome ? facts : HOSTILE;
      ended(name, requirement, outcome, message);
    }
    builder.add(
        outcomeOfPairs(name, ofCap == Outcome.AGREES ? Set.of() : Set.of("CAP_HIT with BALL_HIT")));
    builder.add(measured(name, DType.FLOAT, 1234));
    builder.add(measured(name, DType.DOUBLE, 7));
    Peak peak = new Peak(1.5e-13, 3e-12, 0.25);
    for (String id : List.of("mlp-0", "mlp-1")) {
      builder.add(
          new Event.TrainedCompared(
              name,
              Requirement.TRAINED_MLP,
              new TrainedSummary(id, HOSTILE, 300, peak, peak, peak, Peak.NONE, 1.5)));
    }
  }

  private static Event outcomeOfPairs(String name, Set<String> missing) {
    Event.Covered all = (Event.Covered) AllPairs.coveredBy(name);
    List<String> met = all.pairs().stream().filter(pair -> !missing.contains(pair)).toList();
    return new Event.Covered(name, "CAP", met, Map.of(), 3);
  }

  private void ended(String name, Requirement requirement, Outcome outcome, String message) {
    long cases = outcome == Outcome.INAPPLICABLE ? 0 : 10;
    Worst worst = new Worst(1e-9, 1.25e-9, 0.8, "case-" + requirement.name());
    builder.add(
        new Event.PropertyEnded(
            name,
            requirement.name(),
            List.of(requirement),
            outcome,
            cases,
            12_345,
            cases,
            worst,
            message,
            0.5));
  }

  /** Numbers as one worker measures them; several events are of several workers. */
  static Event measured(String name, DType dtype, int numbers) {
    Histogram.Counter ratios = new Histogram.Counter();
    for (int k = 0; k < numbers; k++) {
      ratios.count((double) k / numbers);
    }
    Closeness closeness = new Closeness(new Worst(1, 2, 0.5, "a"), ratios.histogram());
    Extremes extremes = new Extremes(dtype, closeness, closeness);
    return new Event.Measured(name, "p", List.of(Requirement.CAP), extremes);
  }

  private void rest(AskedDifference.State state) {
    builder.add(
        new Event.OracleReady(
            new OracleFacts(
                "bundled",
                "cd".repeat(32),
                "2.15.0",
                "2.4.0",
                "3.11.2",
                "cpu",
                2,
                true,
                "AVX2",
                "x86_64, AMD EPYC",
                "MKL_CBWR=COMPATIBLE",
                true)));
    builder.add(
        new Event.DifferencesAsked(
            "nd4j",
            List.of(
                difference("fair", "https://example.org/?a=1&b=2", state),
                difference("foul", "javascript:alert(1)", state))));
  }

  private static AskedDifference difference(String id, String link, AskedDifference.State state) {
    return new AskedDifference(
        id, List.of("alig.tf", "alig.th"), "always", HOSTILE, link, state, HOSTILE);
  }

  /** Leaves a curve and a failure's files in a folder, as a run does. */
  public static void leaveFiles(Path folder) throws IOException {
    StringBuilder curve =
        new StringBuilder(
            "step,loss,loss_off,loss_allowed,step_size,step_size_off,step_size_allowed,norm,"
                + "distance,distance_allowed\n");
    for (int step = 0; step < 300; step++) {
      double loss = Math.exp(-step / 40.0);
      curve.append("%d,%s,0,1,0.1,0,1,5.0,%s,1e-9%n".formatted(step, loss, step * 1e-12));
    }
    Files.createDirectories(folder.resolve("trained"));
    Files.writeString(folder.resolve("trained").resolve("nd4j-mlp-0.csv"), curve);
    Path failure = folder.resolve("failures").resolve(AWKWARD + "-CAP");
    Files.createDirectories(failure);
    Files.writeString(failure.resolve("case.jsonl"), "{}");
  }
}
