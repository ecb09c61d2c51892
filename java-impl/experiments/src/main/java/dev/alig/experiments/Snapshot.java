package dev.alig.experiments;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a training, as named arrays of bytes; so every bit survives.
 *
 * @param arrays parameters, the optimizer's state and running statistics, sorted by name; each
 *     training chooses its byte order, usually little endian
 */
public record Snapshot(Map<String, byte[]> arrays) {
  /** Sorts the map; the arrays are not copied. */
  public Snapshot {
    arrays = Collections.unmodifiableMap(new TreeMap<>(arrays));
  }
}
