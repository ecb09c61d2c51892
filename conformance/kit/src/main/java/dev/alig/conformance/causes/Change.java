package dev.alig.conformance.causes;

import java.util.List;

/**
 * A change of a setting or of an operation.
 *
 * @param words the change in words; an empty text if nothing changes
 * @param of what is computed in place of ours
 */
record Change<T>(String words, T of) {
  static <T> List<String> words(List<Change<T>> changes) {
    return changes.stream().map(Change::words).toList();
  }
}
