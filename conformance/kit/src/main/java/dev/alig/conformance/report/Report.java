package dev.alig.conformance.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.CodeFile;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.model.Extremes;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.trained.TrainedSummary;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The outcome of a run, as {@code report.json} holds it; {@code docs/reports.md} explains the
 * fields.
 *
 * @param verdict {@code conforms}, {@code differs} or {@code broken}
 * @param reason why the run is broken, or which declared difference is stale, or an empty text
 * @param seed the seed of all cases
 * @param tries how many cases each property drew
 * @param finishedAt when it ended, such as {@code 2026-01-31T12:00:00Z}
 * @param kit the code that drew the cases and judged them
 * @param knownDifferences the register, and the state of each entry
 * @param causes what the failures have in common, the cause of most cases first
 */
@API(status = INTERNAL, since = "0.1")
public record Report(
    int schema,
    String verdict,
    String reason,
    long seed,
    int tries,
    @JsonProperty("duration_s") double durationSeconds,
    @JsonProperty("finished_at") String finishedAt,
    Host host,
    CodeFile kit,
    OracleFacts oracle,
    List<Subject> subjects,
    @JsonProperty("known_differences") List<AskedDifference> knownDifferences,
    List<Cause> causes) {
  /** The schema that this suite writes, and the only one that {@code --recheck} reads. */
  public static final int SCHEMA = 1;

  /** The verdict of a run in which every requirement was met. */
  public static final String CONFORMS = "conforms";

  /** The verdict of a run that found a difference. */
  public static final String DIFFERS = "differs";

  /** The verdict of a run that could not be completed, or left a requirement without a case. */
  public static final String BROKEN = "broken";

  /** The message of a requirement that is broken because it had no case. */
  public static final String NO_CASE = "no case ran";

  /** The verdict of a requirement that cannot be asked of a subject or of the oracle. */
  public static final String INAPPLICABLE = "inapplicable";

  /**
   * One optimizer of the run.
   *
   * @param jars the files of its code
   * @param measured how close it and the oracle came to their bounds, for each dtype
   * @param ratios how many of their numbers came how close, for each dtype
   * @param trained the trained cases
   * @param kernels the kernels it can run on; empty if it has no choice
   */
  public record Subject(
      String name,
      String version,
      String digest,
      List<CodeFile> jars,
      List<Measured> measured,
      List<Ratios> ratios,
      List<RequirementResult> requirements,
      List<TrainedSummary> trained,
      List<KernelResult> kernels,
      PairReport pairs) {
    /** How many requirements have a verdict. */
    public long count(String verdict) {
      return requirements.stream().filter(result -> result.verdict().equals(verdict)).count();
    }

    /** How long its properties took. */
    public double seconds() {
      return requirements.stream().mapToDouble(RequirementResult::seconds).sum();
    }
  }

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

  /** The Java runtime, and the operating system with its architecture. */
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
   * The result of one requirement.
   *
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
      String message) {
    /** Whether it differs or is broken. */
    public boolean unmet() {
      return verdict.equals(DIFFERS) || verdict.equals(BROKEN);
    }
  }

  /**
   * What failures have in common.
   *
   * @param party whose numbers they are
   * @param quantity which number is off first
   * @param setting the setting with which ours would do the same, or an empty text if none is known
   * @param together other settings that it takes in each of the cases
   * @param requirements the requirements that fail for it
   * @param cases how many of the examined cases it concerns
   * @param caseId one of them
   */
  public record Cause(
      String party,
      String quantity,
      String setting,
      List<String> together,
      List<String> requirements,
      int cases,
      @JsonProperty("case") String caseId) {
    /** The cause in one line. */
    @Override
    public String toString() {
      String others = together.isEmpty() ? "" : ", together with " + String.join(", ", together);
      String explanation =
          setting.isEmpty()
              ? "no setting of ours explains it"
              : "explained by \"%s\"%s".formatted(setting, others);
      return "%s: %s; %s (%d %s, such as %s)"
          .formatted(party, quantity, explanation, cases, cases == 1 ? "case" : "cases", caseId);
    }
  }

  /** The comparison closest to its bound. */
  public record WorstCase(
      double observed, double bound, double ratio, @JsonProperty("case") String caseId) {
    static WorstCase of(Worst worst) {
      return new WorstCase(worst.observed(), worst.bound(), worst.ratio(), worst.caseId());
    }
  }

  /** The results of all requirements of all subjects. */
  public Stream<RequirementResult> results() {
    return subjects.stream().flatMap(subject -> subject.requirements().stream());
  }

  /** How many results have a verdict. */
  public long count(String of) {
    return results().filter(result -> result.verdict().equals(of)).count();
  }

  /** How many steps of the subjects were judged. */
  @JsonProperty("steps")
  public long steps() {
    return results().mapToLong(RequirementResult::steps).sum();
  }

  /** How many steps were judged per second, over the whole run. */
  @JsonProperty("steps_per_s")
  public double stepsPerSecond() {
    return durationSeconds > 0 ? steps() / durationSeconds : 0;
  }

  /** The first requirement that could not be judged, and why; empty if there is none. */
  public Optional<String> obstacle() {
    return results()
        .filter(result -> result.verdict.equals(BROKEN) && !result.message.equals(NO_CASE))
        .map(result -> "%s broke: %s".formatted(result.id, result.message))
        .findFirst();
  }

  /** Whether any case ran, of any requirement. */
  public boolean hasCases() {
    return results().anyMatch(result -> result.cases > 0);
  }

  /** The exit status of a process: 0 conforms, 1 a difference, 2 could not run. */
  public int exitStatus() {
    return switch (verdict) {
      case CONFORMS -> 0;
      case DIFFERS -> 1;
      default -> 2;
    };
  }
}
