package dev.alig.experiments;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says about a run.
 *
 * @param data the folder of the data, if one was given
 * @param backend the framework to train in
 * @param seed where all randomness comes from
 * @param epochs how many epochs instead of the row's
 * @param steps how many steps instead of the row's, for an experiment that counts in steps
 * @param limit how many examples of each part of the data at most
 * @param threads how many threads the framework may use
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
