package dev.alig.conformance.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.alig.conformance.Extremes;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Worst;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.trained.TrainedSummary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  @JsonSubTypes.Type(value = Event.TrainedCompared.class, name = "trained"),
  @JsonSubTypes.Type(value = Event.CatalogueStarted.class, name = "catalogue"),
  @JsonSubTypes.Type(value = Event.DefectTried.class, name = "defect"),
  @JsonSubTypes.Type(value = Event.Finished.class, name = "finished")
})
public sealed interface Event {
  /** What the oracle turned out to be. */
  record OracleReady(OracleFacts oracle) implements Event {}

  /** A subject's turn, with the number of properties to come. */
  record SubjectStarted(String name, String version, String digest, int properties)
      implements Event {}

  /** A property's turn; {@code seed} repeats it. */
  record PropertyStarted(
      String subject, String property, List<Requirement> requirements, String seed)
      implements Event {}

  /** How far the property is; the case under way is the next one. */
  record Advanced(String subject, String property, long cases) implements Event {}

  /**
   * What met in the cases of a property, before its end.
   *
   * @param pairs the pairs of circumstances, as {@link dev.alig.conformance.coverage.Pair} words
   *     them
   * @param excused pairs that the subject cannot show, and why
   * @param inapplicable how many cases could not be asked
   */
  record Covered(
      String subject,
      String property,
      List<String> pairs,
      Map<String, String> excused,
      long inapplicable)
      implements Event {}

  /**
   * What became of a property.
   *
   * @param outcome how it ended
   * @param cases how many cases were compared
   * @param comparisons how many numbers
   * @param steps how many steps of the subject were judged
   * @param worst the comparison closest to its bound
   * @param message what to tell about a failure, or an empty text
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

  /**
   * How close a property's numbers of one dtype came to their bounds; before the property's end.
   */
  record Measured(
      String subject, String property, List<Requirement> requirements, Extremes extremes)
      implements Event {}

  /** What became of the register of known differences with this subject. */
  record DifferencesAsked(String subject, List<AskedDifference> differences) implements Event {}

  /** A trained case was compared. */
  record TrainedCompared(String subject, Requirement requirement, TrainedSummary trained)
      implements Event {}

  /** The turn of one kind of defective optimizers, with how many there are and the sound one. */
  record CatalogueStarted(int optimizers) implements Event {}

  /**
   * What became of an optimizer of the catalogue.
   *
   * @param kind which sound one it derives from, and how that is judged, such as {@code java}
   * @param sound whether it is one of the sound ones, which nothing should catch
   * @param caughtBy the requirement that caught it, or none where it passed
   * @param threw whether it was caught because it failed to run a case
   * @param cases how many cases it took, or were tried in vain
   * @param message what to tell about a failure, or an empty text
   */
  record DefectTried(
      String name,
      String kind,
      String description,
      boolean sound,
      @Nullable Requirement caughtBy,
      boolean threw,
      long cases,
      String message)
      implements Event {}

  /** The process has run all that was left to it. */
  record Finished() implements Event {}

  /** How a property ended. */
  enum Outcome {
    /** All cases agree. */
    AGREES,
    /** A case differs. */
    DIFFERS,
    /** The subject or the oracle failed. */
    BROKEN,
    /** No case could be asked. */
    INAPPLICABLE
  }
}
