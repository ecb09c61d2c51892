package dev.alig.experiments.images;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Draws the same numbers as {@code numpy.random.RandomState(seed)}, by the Mersenne Twister MT19937
 * (Matsumoto and Nishimura, ACM TOMACS 8, 1998), and shuffles like numpy.
 */
final class NumpyRandom {
  private static final int WORDS = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[WORDS];
  private int next = WORDS;

  /** Creates a generator; the seed is an unsigned number from 0 to 2³² - 1. */
  NumpyRandom(int seed) {
    state[0] = seed;
    for (int i = 1; i < WORDS; i++) {
      int before = state[i - 1];
      state[i] = 1812433253 * (before ^ (before >>> 30)) + i;
    }
  }

  /** The next 32 random bits. */
  int nextInt() {
    if (next == WORDS) {
      refill();
      next = 0;
    }
    int word = state[next++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return word ^ (word >>> 18);
  }

  private void refill() {
    for (int i = 0; i < WORDS; i++) {
      int joined = (state[i] & 0x80000000) | (state[(i + 1) % WORDS] & 0x7fffffff);
      int twisted = (joined & 1) == 0 ? joined >>> 1 : (joined >>> 1) ^ 0x9908b0df;
      state[i] = state[(i + MIDDLE) % WORDS] ^ twisted;
    }
  }

  /** A number from 0 to {@code most}: the low bits, drawn again while they exceed it. */
  private int upTo(int most) {
    int mask = most == 0 ? 0 : -1 >>> Integer.numberOfLeadingZeros(most);
    int drawn;
    do {
      drawn = nextInt() & mask;
    } while (drawn > most);
    return drawn;
  }

  /** {@code shuffle(values)}, in place. */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = upTo(i);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /**
   * The authors' subsets: {@code permutation(choice(total, sum of sizes, replace=False))}, cut into
   * pieces.
   *
   * @param total the number of elements to choose from
   * @param sizes the size of each subset; their sum is at most {@code total}
   */
  int[][] subsets(int total, int... sizes) {
    int[] all = IntStream.range(0, total).toArray();
    shuffle(all);
    int[] chosen = Arrays.copyOf(all, Arrays.stream(sizes).sum());
    shuffle(chosen);
    int[][] subsets = new int[sizes.length][];
    int from = 0;
    for (int i = 0; i < sizes.length; i++) {
      subsets[i] = Arrays.copyOfRange(chosen, from, from + sizes[i]);
      from += sizes[i];
    }
    return subsets;
  }
}
