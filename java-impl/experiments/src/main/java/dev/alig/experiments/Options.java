package dev.alig.experiments;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of a run from the command line.
 *
 * @param data the folder of the data, if one was given
 * @param backend the framework to train in
 * @param seed the seed of all randomness
 * @param epochs the number of epochs, if not the row's
 * @param steps the number of steps, if not the row's; for an experiment that counts in steps
 * @param limit the greatest number of examples from each part of the data
 * @param threads the number of threads that the framework may use
 */
public record Options(
    Optional<Path> data,
    Backend backend,
    long seed,
    OptionalInt epochs,
    OptionalInt steps,
    OptionalInt limit,
    int threads) {
  /** Checks the numbers. */
  public Options {
    requirePositive("--epochs", epochs);
    requirePositive("--steps", steps);
    requirePositive("--limit", limit);
    requirePositive("--threads", OptionalInt.of(threads));
  }

  private static void requirePositive(String name, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, was " + value.getAsInt());
    }
  }

  /**
   * The folder of the data.
   *
   * @throws InputException if none was given
   */
  public Path requireData() throws InputException {
    return data.orElseThrow(
        () -> new InputException("this experiment needs data; give their folder with --data DIR"));
  }
}
