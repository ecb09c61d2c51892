package dev.alig.conformance.causes;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A quantity that is off in one case.
 *
 * @param party whose it is
 * @param quantity which it is, in words
 * @param settings the smallest sets of settings with which ours would do the same, each in words;
 *     empty where none explains it
 */
@API(status = INTERNAL, since = "0.1")
public record Explanation(String party, String quantity, List<List<String>> settings) {
  /** Copies the lists. */
  public Explanation {
    settings = settings.stream().map(List::copyOf).toList();
  }
}
