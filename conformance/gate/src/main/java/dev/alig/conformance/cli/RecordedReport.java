package dev.alig.conformance.cli;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.CodeFile;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The part of {@code report.json} that a recheck reads; see {@link Report}. */
record RecordedReport(
    String verdict,
    long seed,
    int tries,
    CodeFile kit,
    OracleFacts oracle,
    List<Subject> subjects) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The part of a subject that it reads. */
  record Subject(
      String name, String digest, List<CodeFile> jars, List<RequirementResult> requirements) {}

  /**
   * Reads the report of a run that ended.
   *
   * @throws IllegalArgumentException with one line that says why there is nothing to check
   */
  static RecordedReport read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    try {
      JsonNode tree = JSON.readTree(file.toFile());
      if (tree.path("schema").asInt() != Report.SCHEMA) {
        throw new IllegalArgumentException(
            "%s has not the schema %d of a report, but %s"
                .formatted(file, Report.SCHEMA, tree.path("schema")));
      }
      RecordedReport report = JSON.treeToValue(tree, RecordedReport.class);
      if (report.verdict.equals(Report.BROKEN)) {
        throw new IllegalArgumentException(file + ": the run was broken; nothing can be checked");
      }
      return report;
    } catch (JsonProcessingException e) {
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new IllegalArgumentException("%s is no complete report: %s".formatted(file, why), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** The names of the subjects. */
  List<String> names() {
    return subjects.stream().map(Subject::name).toList();
  }

  /** The settings of the run, with the oracle that the user chooses, or else the report's. */
  ConformanceSettings settings(String choice, Path out) {
    Set<Requirement> asked =
        results().map(result -> Requirement.of(result.id())).collect(toUnmodifiableSet());
    return new ConformanceSettings(
        choice.isBlank() ? oracle.kind() : choice,
        List.of(),
        tries,
        seed,
        asked.size() == Requirement.values().length ? Set.of() : asked,
        out);
  }

  /** The recorded worst cases, and a random choice of about so many drawn cases. */
  Sample sample(long choice, int cases) {
    long drawn =
        results()
            .filter(RecordedReport::isDrawn)
            .mapToLong(r -> r.cases() + r.inapplicable())
            .sum();
    if (drawn == 0) {
      throw new IllegalArgumentException("no requirement of the report draws cases to run again");
    }
    return new Sample(
        choice,
        Math.min(1, (double) cases / drawn),
        results().map(result -> result.worst().caseId()).collect(toUnmodifiableSet()));
  }

  private Stream<RequirementResult> results() {
    return subjects.stream().flatMap(subject -> subject.requirements().stream());
  }

  /** The entry of a subject that is in the report. */
  Subject subject(String name) {
    return subjects.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** Whether the numbers of a requirement fit its verdict, if that is "conforms". */
  boolean isPlausible(RequirementResult result) {
    return !result.verdict().equals(Report.CONFORMS)
        || (result.failed() == 0
            && result.cases() > 0
            && result.worst().ratio() >= 0
            && result.worst().ratio() <= 1
            && (!isDrawn(result) || result.cases() + result.inapplicable() >= tries));
  }

  /** Whether properties draw all cases of a requirement, so that a sample can have any. */
  static boolean isDrawn(RequirementResult result) {
    return RequirementCases.all().containsKey(Requirement.of(result.id()));
  }
}
