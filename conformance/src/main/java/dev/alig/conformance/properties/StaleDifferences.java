package dev.alig.conformance.properties;

import dev.alig.conformance.differences.AskedDifference;
import java.util.List;
import java.util.stream.Collectors;

/** Known differences that no longer hold. */
final class StaleDifferences extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String facts;

  StaleDifferences(List<AskedDifference> stale) {
    this(
        stale.stream()
            .map(AskedDifference::facts)
            .collect(Collectors.joining(System.lineSeparator().repeat(2))));
  }

  private StaleDifferences(String facts) {
    super(facts);
    this.facts = facts;
  }

  /** What is stale, entry by entry. */
  String facts() {
    return facts;
  }
}
