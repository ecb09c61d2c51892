package dev.alig.conformance.model;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Where a recorded trace comes from, as the first line of its file says; what it does not say is
 * empty.
 *
 * @param recordedFrom the package and its version
 * @param library the library that computed, such as {@code torch 2.15.0}
 * @param cpu the processor that computed
 * @param settings the environment variables that chose its instructions
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Provenance(String recordedFrom, String library, String cpu, String settings) {
  /** Of a case that nobody recorded. */
  public static final Provenance UNKNOWN = new Provenance("", "", "", "");

  /** All of it in one line. */
  public String describe() {
    return Stream.of(recordedFrom, library, cpu, settings)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
