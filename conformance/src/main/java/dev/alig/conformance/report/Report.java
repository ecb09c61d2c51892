package dev.alig.conformance.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.Extremes;
import dev.alig.conformance.Worst;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.trained.TrainedSummary;
import java.util.List;

/**
 * The outcome of a run, as {@code report.json} has it.
 *
 * @param verdict {@code conforms}, {@code differs} or {@code broken}
 * @param reason why the run is broken, or an empty text
 * @param seed what the cases followed from
 * @param tries how many cases each property drew
 * @param durationSeconds how long it took
 * @param finishedAt when it ended, such as {@code 2026-01-31T12:00:00Z}
 * @param host what it ran on
 * @param oracle what was compared with
 * @param subjects what was compared
 * @param knownDifferences the register, and what became of each entry
 * @param defects what became of the defective optimizers, which the suite should catch; empty where
 *     it did not run as a whole
 * @param controls what became of the sound optimizers, which it should let pass
 */
public record Report(
    String verdict,
    String reason,
    long seed,
    int tries,
    @JsonProperty("duration_s") double durationSeconds,
    @JsonProperty("finished_at") String finishedAt,
    Host host,
    OracleFacts oracle,
    List<Subject> subjects,
    @JsonProperty("known_differences") List<AskedDifference> knownDifferences,
    List<DefectResult> defects,
    List<DefectResult> controls) {

  /** The verdict of a run in which every requirement was met. */
  public static final String CONFORMS = "conforms";

  /** The verdict of a run that found a difference. */
  public static final String DIFFERS = "differs";

  /** The verdict of a run that could not be completed, or left a requirement without a case. */
  public static final String BROKEN = "broken";

  /** The verdict of a requirement that cannot be asked of a subject or of the oracle. */
  public static final String INAPPLICABLE = "inapplicable";

  /**
   * One optimizer of the run.
   *
   * @param measured how close it and the oracle came to the bounds of the real-number answers, for
   *     each dtype
   * @param ratios how many of their numbers came how close, for each dtype
   * @param trained the trained cases
   */
  public record Subject(
      String name,
      String version,
      String digest,
      List<Measured> measured,
      List<Ratios> ratios,
      List<RequirementResult> requirements,
      List<TrainedSummary> trained,
      PairReport pairs) {}

  /** How close a subject and the oracle came to their bounds with numbers of one dtype. */
  public record Measured(String dtype, WorstCase subject, WorstCase oracle) {
    static Measured of(Extremes extremes) {
      return new Measured(
          extremes.dtype().name(),
          WorstCase.of(extremes.subject().worst()),
          WorstCase.of(extremes.oracle().worst()));
    }
  }

  /**
   * How many numbers of one dtype came how close to their bounds: counts of observed / bound. The
   * first is of exact numbers; the edges of the others double, from 2⁻¹⁶ up to 1.
   */
  public record Ratios(String dtype, List<Long> subject, List<Long> oracle) {
    static Ratios of(Extremes extremes) {
      return new Ratios(
          extremes.dtype().name(),
          extremes.subject().ratios().counts(),
          extremes.oracle().ratios().counts());
    }
  }

  /**
   * What the optimizers ran on.
   *
   * @param jdk the Java runtime
   * @param os the operating system and the architecture
   */
  public record Host(String jdk, String os) {
    /** This machine and this process's JDK, which is that of the workers as well. */
    static Host here() {
      return new Host(
          System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
          "%s %s, %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.version"),
                  System.getProperty("os.arch")));
    }
  }

  /**
   * What became of one requirement.
   *
   * @param id the requirement's name
   * @param title the requirement in one line
   * @param verdict as of the report, or {@code inapplicable}
   * @param cases how many cases were compared
   * @param comparisons how many numbers
   * @param steps how many steps of the subject were judged
   * @param inapplicable how many cases could not be asked
   * @param failed how many properties failed
   * @param seconds how long its properties took
   * @param worst the comparison closest to its bound
   * @param measured the closest ones of subject and oracle for each dtype
   * @param message the facts of the failure, or an empty text
   */
  public record RequirementResult(
      String id,
      String title,
      String verdict,
      long cases,
      long comparisons,
      long steps,
      long inapplicable,
      long failed,
      double seconds,
      WorstCase worst,
      List<Measured> measured,
      String message) {}

  /** The comparison closest to its bound. */
  public record WorstCase(
      double observed, double bound, double ratio, @JsonProperty("case") String caseId) {
    static WorstCase of(Worst worst) {
      return new WorstCase(worst.observed(), worst.bound(), worst.ratio(), worst.caseId());
    }
  }

  /** How many steps of the subjects were judged. */
  @JsonProperty("steps")
  public long steps() {
    return subjects.stream()
        .flatMap(subject -> subject.requirements().stream())
        .mapToLong(RequirementResult::steps)
        .sum();
  }

  /** How many steps were judged a second, over the whole run. */
  @JsonProperty("steps_per_s")
  public double stepsPerSecond() {
    return durationSeconds > 0 ? steps() / durationSeconds : 0;
  }

  /** What the catalogue of defective optimizers says about the suite, in one line, or nothing. */
  @JsonIgnore
  public String strength() {
    return defects.isEmpty() ? "" : new Strength(defects, controls).summary();
  }

  /** What a process ends with: 0 conforms, 1 a difference, 2 could not run. */
  public int exitStatus() {
    return switch (verdict) {
      case CONFORMS -> 0;
      case DIFFERS -> 1;
      default -> 2;
    };
  }
}
