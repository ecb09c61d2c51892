package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.CACHE_UNUSABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What lies in a cache of environments, for programs that make many and keep few. */
public final class CachedEnvironments {
  private CachedEnvironments() {}

  /** An action on files. */
  @FunctionalInterface
  private interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Returns the folder of the environment that a request would be answered with at once.
   *
   * @return empty if it would have to be built
   * @throws EnvironmentException if there is no interpreter to build on
   */
  public static Optional<Path> find(EnvironmentRequest request) {
    return reading(request, builder(request, line -> {})::finished);
  }

  /**
   * Removes the environment of a request, for every JDK; the next that asks for it builds it anew.
   *
   * @return whether it is gone
   */
  public static boolean remove(EnvironmentRequest request, Progress progress) {
    return reading(request, builder(request, progress)::remove);
  }

  /** Returns the free space of the disk that the cache is on, in bytes. */
  public static long freeBytes(EnvironmentRequest request) {
    return reading(
        request, () -> Prerequisites.freeBytes(Files.createDirectories(request.cache())));
  }

  /**
   * Returns the free space that the set-up of an environment asks for, in bytes: what it took on
   * this machine before, or else what the largest of others took.
   */
  public static long neededBytes(EnvironmentRequest request) {
    return reading(request, builder(request, line -> {})::expectedBytes);
  }

  private static EnvironmentBuilder builder(EnvironmentRequest request, Progress progress) {
    Shell shell = new Shell(request.variables());
    Interpreter base = new Interpreters(shell).find(request.python());
    return new EnvironmentBuilder(base, request, shell, progress);
  }

  private static <T> T reading(EnvironmentRequest request, Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new EnvironmentException(
          CACHE_UNUSABLE,
          "the cache folder " + request.cache() + " cannot be used: " + e,
          "check its rights and its disk, or give another as -Dpython.cache=DIR");
    }
  }
}
