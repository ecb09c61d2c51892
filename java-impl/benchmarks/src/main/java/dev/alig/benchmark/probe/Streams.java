package dev.alig.benchmark.probe;

/**
 * Three vectors p, v and g of as many bytes, and the two passes of a fused step over them.
 *
 * <p>What is written is what was read, exclusive-or'd with {@code g & mask}. The mask is 0, but
 * HotSpot does not know that, or it would leave the writes out; with another, a test sees what was
 * written. Several threads may each stream a part.
 */
interface Streams {
  /** What parts begin and end at multiples of. */
  int ALIGNMENT = 64;

  /** How it streams, in a few words. */
  String description();

  /** Reads g from one byte to another. */
  void readGradients(long from, long to);

  /** Reads p, v and g, writes p and v. */
  void move(long from, long to);

  /** Reads p and g, writes p. */
  void moveWithoutMomentum(long from, long to);

  /** Sets every bit of g. */
  void setGradients();

  /** How many bits of p are set. */
  long bitsOfParameters();

  /** How many bits of v are set. */
  long bitsOfMomenta();
}
