package dev.alig.experiments;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a training: arrays as bytes, by name, so that every bit survives.
 *
 * @param arrays parameters, the optimizer's state, running statistics, in the order of their names;
 *     the byte order is the training's own choice, little endian by custom
 */
public record Snapshot(Map<String, byte[]> arrays) {
  /** Sorts the map; the arrays are not copied. */
  public Snapshot {
    arrays = Collections.unmodifiableMap(new TreeMap<>(arrays));
  }
}
