package dev.alig.experiments;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Sources of random numbers that follow from a run's seed. */
public final class Randomness {
  private static final long FIRST = 0xbf58476d1ce4e5b9L;
  private static final long SECOND = 0x94d049bb133111ebL;

  private Randomness() {}

  /**
   * A separate source for each purpose and index, so that no source depends on how much another
   * gave.
   *
   * @param seed the run's seed
   * @param purpose what the numbers are for, such as {@code weights}
   * @param index the number of the source within its purpose, such as a step or an epoch
   */
  public static SplittableRandom of(long seed, String purpose, long index) {
    return new SplittableRandom(mixed(mixed(mixed(seed) + purpose.hashCode()) + index));
  }

  /** The numbers below {@code size} in the random order of an epoch. */
  public static int[] order(long seed, long epoch, int size) {
    int[] numbers = IntStream.range(0, size).toArray();
    SplittableRandom random = of(seed, "order", epoch);
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = kept;
    }
    return numbers;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, doi:10.1145/2660193.2660195). */
  private static long mixed(long value) {
    long x = (value ^ value >>> 30) * FIRST;
    x = (x ^ x >>> 27) * SECOND;
    return x ^ x >>> 31;
  }
}
