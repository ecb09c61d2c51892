package dev.alig.conformance.coverage;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Two levels of different factors.
 *
 * @param first the level of the factor that is declared first
 * @param second the level of the other factor
 */
@API(status = INTERNAL, since = "0.1")
public record Pair(Level first, Level second) {
  /** Refuses levels of one factor, and of factors in the wrong order. */
  public Pair {
    if (first.factor().compareTo(second.factor()) >= 0) {
      throw new IllegalArgumentException(
          "a pair needs levels of two factors, in their order, was " + first + ", " + second);
    }
  }

  /** The pair of two levels in any order. */
  public static Pair of(Level a, Level b) {
    return a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
  }

  /** The pair that {@link #toString} words. */
  public static Pair parse(String text) {
    String[] levels = text.split(" with ", 2);
    if (levels.length != 2) {
      throw new IllegalArgumentException("a pair reads LEVEL with LEVEL, was " + text);
    }
    return new Pair(Level.valueOf(levels[0]), Level.valueOf(levels[1]));
  }

  /** Every pair of levels. */
  public static Set<Pair> all() {
    Set<Pair> pairs = new LinkedHashSet<>();
    for (Level a : Level.values()) {
      for (Level b : Level.values()) {
        if (a.factor().compareTo(b.factor()) < 0) {
          pairs.add(new Pair(a, b));
        }
      }
    }
    return pairs;
  }

  @Override
  public String toString() {
    return first + " with " + second;
  }
}
