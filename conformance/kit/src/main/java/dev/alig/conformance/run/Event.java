package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.alig.conformance.CodeFile;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.causes.Explanation;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.Declared;
import dev.alig.conformance.model.Extremes;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.trained.TrainedSummary;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** A line of the journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.OracleReady.class, name = "oracle"),
  @JsonSubTypes.Type(value = Event.SubjectStarted.class, name = "subject"),
  @JsonSubTypes.Type(value = Event.PropertyStarted.class, name = "start"),
  @JsonSubTypes.Type(value = Event.Advanced.class, name = "advance"),
  @JsonSubTypes.Type(value = Event.Measured.class, name = "measured"),
  @JsonSubTypes.Type(value = Event.Covered.class, name = "covered"),
  @JsonSubTypes.Type(value = Event.PropertyEnded.class, name = "end"),
  @JsonSubTypes.Type(value = Event.DifferencesAsked.class, name = "differences"),
  @JsonSubTypes.Type(value = Event.DeclaredAsked.class, name = "declared"),
  @JsonSubTypes.Type(value = Event.Explained.class, name = "explained"),
  @JsonSubTypes.Type(value = Event.TrainedCompared.class, name = "trained"),
  @JsonSubTypes.Type(value = Event.KernelsJudged.class, name = "kernels"),
  @JsonSubTypes.Type(value = Event.Finished.class, name = "finished")
})
@API(status = INTERNAL, since = "0.1")
public sealed interface Event {
  /** What the oracle is. */
  record OracleReady(OracleFacts oracle) implements Event {}

  /** A subject begins; {@code jars} are the files of its code; so many properties follow. */
  record SubjectStarted(
      String name, String version, String digest, List<CodeFile> jars, int properties)
      implements Event {}

  /** A property begins; its seed repeats it. */
  record PropertyStarted(
      String subject, String property, List<Requirement> requirements, String seed)
      implements Event {}

  /** How many cases of a property are done. */
  record Advanced(String subject, String property, long cases) implements Event {}

  /**
   * What met in the cases of a property; comes before its end.
   *
   * @param pairs the texts of {@link dev.alig.conformance.coverage.Pair}s
   * @param excused pairs that the subject cannot show, and why
   * @param inapplicable how many cases the subject or the oracle could not run
   */
  record Covered(
      String subject,
      String property,
      List<String> pairs,
      Map<String, String> excused,
      long inapplicable)
      implements Event {}

  /**
   * The result of a property.
   *
   * @param cases how many cases were compared
   * @param comparisons how many numbers were compared
   * @param steps how many steps of the subject were judged
   * @param worst the comparison closest to its bound
   * @param message the facts of a failure, or an empty text
   */
  record PropertyEnded(
      String subject,
      String property,
      List<Requirement> requirements,
      Outcome outcome,
      long cases,
      long comparisons,
      long steps,
      Worst worst,
      String message,
      double seconds)
      implements Event {}

  /** How close a property's numbers of one dtype came to their bounds; comes before its end. */
  record Measured(
      String subject, String property, List<Requirement> requirements, Extremes extremes)
      implements Event {}

  /** The states of the known differences with this subject. */
  record DifferencesAsked(String subject, List<AskedDifference> differences) implements Event {}

  /** How often the user's own known differences showed in a property; comes before its end. */
  record DeclaredAsked(String subject, String property, List<Declared.Count> declared)
      implements Event {}

  /** What is off in a case that differs, and what would explain it; comes before the end. */
  record Explained(
      String subject,
      String property,
      List<Requirement> requirements,
      String caseId,
      List<Explanation> explanations)
      implements Event {}

  /** A trained case was compared. */
  record TrainedCompared(String subject, Requirement requirement, TrainedSummary trained)
      implements Event {}

  /** The results of a subject's kernels in one property. */
  record KernelsJudged(String subject, List<JudgedKernel> kernels) implements Event {}

  /**
   * The result of a kernel.
   *
   * @param threads how many threads shared a step at most; 0 if it did not run
   * @param cases how many cases it was judged on
   * @param notRun why it did not run, or an empty text
   */
  record JudgedKernel(
      String name, int vectorBits, int threads, long cases, boolean differs, String notRun) {}

  /** The process has run everything that it had to. */
  record Finished() implements Event {}

  /** How a property ended. */
  enum Outcome {
    /** All cases agree. */
    AGREES,
    /** A case differs. */
    DIFFERS,
    /** The subject or the oracle failed. */
    BROKEN,
    /** The subject or the oracle could run no case. */
    INAPPLICABLE
  }
}
