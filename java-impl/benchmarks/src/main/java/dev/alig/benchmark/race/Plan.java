package dev.alig.benchmark.race;

import java.util.List;

/**
 * What one worker has to do.
 *
 * @param python the interpreter with torch; empty if no contender needs it
 * @param sources the folder of the Python packages
 */
public record Plan(List<Race> races, Pace pace, String python, String sources) {
  /** Copies the list. */
  public Plan {
    races = List.copyOf(races);
  }
}
