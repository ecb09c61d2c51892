package dev.alig.conformance.sweep;

import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report.RequirementResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row and its result.
 *
 * @param settings everything else that changes the result: cases, code and host
 * @param seconds how long it took, including the set-up of its environment
 */
record RowResult(
    Row row,
    String settings,
    Outcome outcome,
    double seconds,
    OracleFacts oracle,
    List<Subject> subjects) {
  /** One optimizer of {@code report.json}. */
  record Subject(String name, String version, List<RequirementResult> requirements) {}

  String name() {
    return row.name();
  }

  /** Whether there is a verdict; a row with a verdict does not run again after an interruption. */
  boolean isFinal() {
    return outcome instanceof Outcome.Conforms || outcome instanceof Outcome.Differs;
  }

  /** The verdicts by subject and requirement. */
  Map<String, String> verdicts() {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      subject
          .requirements()
          .forEach(result -> verdicts.put(subject.name + ", " + result.id(), result.verdict()));
    }
    return verdicts;
  }

  /** The facts that should stay the same if the row runs again. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("outcome", outcome.words());
    facts.put("settings", settings);
    facts.put("row", row.toString());
    facts.put("oracle", oracle.toString());
    facts.putAll(verdicts());
    return facts;
  }
}
