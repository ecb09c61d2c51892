package dev.alig.conformance.certificate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.differences.AskedDifference.State;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.report.Report.WorstCase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a conforming run showed, and of what.
 *
 * @param schema which of these fields there are and what they mean; see {@link #SCHEMA}
 * @param date when, in UTC
 * @param suite the kit that compared
 * @param oracle what was compared with
 * @param platform where
 * @param seed what the cases followed from
 * @param tries how many cases each property drew
 * @param cases how many cases were compared, over all subjects and requirements
 * @param steps how many steps were judged
 * @param subjects what was compared
 * @param defects what the suite made of defective optimizers
 * @param differences what it made of the register of known differences
 * @param classPath all code that was there, libraries included
 */
public record Certificate(
    int schema,
    String date,
    Suite suite,
    OracleFacts oracle,
    Platform platform,
    long seed,
    int tries,
    long cases,
    long steps,
    List<Subject> subjects,
    Defects defects,
    @JsonProperty("known_differences") Differences differences,
    @JsonProperty("class_path") List<CodeFile> classPath) {
  /** The schema that this suite writes, and the only one that it believes. */
  public static final int SCHEMA = 1;

  /**
   * The kit.
   *
   * @param version of its jar, or {@code development}
   * @param digest of its jar or its folder of classes
   */
  public record Suite(String version, String digest) {}

  /** Where the run took place. */
  public record Platform(String jdk, String os, String arch) {
    /** Here. */
    static Platform here() {
      return new Platform(
          "%s %s"
              .formatted(
                  System.getProperty("java.vm.name"), System.getProperty("java.runtime.version")),
          "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
          System.getProperty("os.arch"));
    }
  }

  /**
   * One optimizer.
   *
   * @param jars what it consists of
   * @param pairs how many pairs of circumstances met, of those that can
   */
  public record Subject(
      String name,
      String version,
      List<CodeFile> jars,
      Pairs pairs,
      List<Requirement> requirements) {
    static Subject of(Report.Subject reported, List<CodeFile> jars) {
      return new Subject(
          reported.name(),
          reported.version(),
          jars,
          new Pairs(reported.pairs().covered(), reported.pairs().possible()),
          reported.requirements().stream().map(Requirement::of).toList());
    }

    /** A requirement's entry. */
    public Optional<Requirement> requirement(String id) {
      return requirements.stream().filter(entry -> entry.id.equals(id)).findFirst();
    }
  }

  /** Pairs of circumstances. */
  public record Pairs(int covered, int possible) {}

  /**
   * What became of one requirement.
   *
   * @param verdict {@code conforms}, or {@code inapplicable} where it could not be asked
   * @param cases how many cases were compared
   * @param refused how many could not be asked
   * @param comparisons how many numbers were compared
   * @param worst the comparison closest to its bound
   */
  public record Requirement(
      String id, String verdict, long cases, long refused, long comparisons, WorstCase worst) {
    static Requirement of(RequirementResult result) {
      return new Requirement(
          result.id(),
          result.verdict(),
          result.cases(),
          result.inapplicable(),
          result.comparisons(),
          result.worst());
    }
  }

  /** Of the defective optimizers, how many were caught. */
  public record Defects(long caught, long of) {}

  /** Of the known differences, how many still are, and how many had no party in the run. */
  public record Differences(long hold, @JsonProperty("not_asked") long notAsked) {}

  /**
   * The certificate of a run that conforms.
   *
   * @param jars what each subject consists of
   * @param classPath see the field
   */
  static Certificate of(
      Report report,
      Suite suite,
      Map<String, List<CodeFile>> jars,
      List<CodeFile> classPath,
      Instant now) {
    List<Subject> subjects =
        report.subjects().stream()
            .map(subject -> Subject.of(subject, jars.getOrDefault(subject.name(), List.of())))
            .toList();
    return new Certificate(
        SCHEMA,
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        suite,
        report.oracle(),
        Platform.here(),
        report.seed(),
        report.tries(),
        cases(subjects),
        report.steps(),
        subjects,
        new Defects(
            report.defects().stream().filter(defect -> defect.caughtBy() != null).count(),
            report.defects().size()),
        new Differences(count(report, State.HOLDS), count(report, State.NOT_ASKED)),
        classPath);
  }

  /** The cases of all requirements of all subjects. */
  static long cases(List<Subject> subjects) {
    return subjects.stream()
        .flatMap(subject -> subject.requirements.stream())
        .mapToLong(Requirement::cases)
        .sum();
  }

  private static long count(Report report, State state) {
    return report.knownDifferences().stream()
        .filter(difference -> difference.state() == state)
        .count();
  }
}
