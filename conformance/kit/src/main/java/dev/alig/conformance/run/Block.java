package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/**
 * A part of the tries of one property of one subject. It has a seed of its own, so several
 * processes can share a property, and their number does not change the cases.
 *
 * @param property the name of the property's method
 * @param number the number of the part, from 0
 */
@API(status = INTERNAL, since = "0.1")
public record Block(String subject, String property, int number) {
  /** How many tries a block has at most. */
  public static final int SIZE = 1000;

  /** The block of {@link #toString}. */
  public static Block of(String text) {
    String[] parts = text.split(":", -1);
    return new Block(parts[0], parts[1], Integer.parseInt(parts[2]));
  }

  /** How many blocks a number of tries fills. */
  public static int count(int tries) {
    return (tries + SIZE - 1) / SIZE;
  }

  /** How many of all tries of a property are in this block. */
  public int tries(int all) {
    return Math.min(SIZE, all - number * SIZE);
  }

  /** The seed of a block; no property repeats another's cases. */
  static long seed(long seed, String property, int number) {
    return (seed * 31 + property.hashCode() + number * 0x9E37_79B9_7F4A_7C15L) & Long.MAX_VALUE;
  }

  /** The form for workers, such as {@code nd4j:capLimitsTheStepSize:0}. */
  @Override
  public String toString() {
    return "%s:%s:%d".formatted(subject, property, number);
  }
}
