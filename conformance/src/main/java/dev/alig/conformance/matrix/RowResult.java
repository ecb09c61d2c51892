package dev.alig.conformance.matrix;

import dev.alig.conformance.oracle.OracleFacts;
import java.util.Optional;

/**
 * A row and what became of it.
 *
 * @param row the row
 * @param outcome what became of it
 * @param seconds how long it took
 * @param oracle what the gate compared with, as its report says; empty where there is none
 */
public record RowResult(Row row, Outcome outcome, double seconds, Optional<OracleFacts> oracle) {
  /** What torch said of itself, which shows that the row's settings were heard. */
  String torch() {
    return oracle.map(RowResult::torch).orElse("");
  }

  private static String torch(OracleFacts facts) {
    return "%s, %s, %s, %d %s%s"
        .formatted(
            facts.torch(),
            facts.device(),
            facts.cpuCapability(),
            facts.threads(),
            facts.threads() == 1 ? "thread" : "threads",
            facts.oneDnn() ? "" : ", no oneDNN");
  }
}
