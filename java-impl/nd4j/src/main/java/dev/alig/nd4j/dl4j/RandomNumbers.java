package dev.alig.nd4j.dl4j;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's random numbers, from which dropout and noise are drawn. */
final class RandomNumbers {
  private RandomNumbers() {}

  /** Does something, and puts ND4J's random state back. */
  static <T> T putBackAfter(Supplier<T> action) {
    Random random = Nd4j.getRandom();
    long seed = random.getSeed();
    long root = random.rootState();
    long node = random.nodeState();
    try {
      return action.get();
    } finally {
      random.setSeed(seed);
      random.setStates(root, node);
    }
  }

  /**
   * A seed that depends on all these numbers. It is not 0, because ND4J then chooses one itself.
   */
  static long seed(long... numbers) {
    long seed = 0;
    for (long number : numbers) {
      seed = new SplittableRandom(seed ^ number).nextLong();
    }
    return seed == 0 ? 1 : seed;
  }
}
