package dev.alig.conformance.releases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Which environments a run built itself, and so may remove.
 *
 * <p>A note is written before a set-up begins, so that a run that goes on after it was killed knows
 * its own; what was there before has none.
 *
 * @param folder where the notes lie
 * @param keep whether nothing is to be removed
 */
record BuiltHere(Path folder, boolean keep) {
  private static final String UNFINISHED = "being built for ci/releases";

  /** Notes that an environment is about to be built, unless it is there. */
  void begin(Version version, boolean isThere) throws IOException {
    if (!isThere) {
      Files.createDirectories(folder);
      Files.writeString(note(version), UNFINISHED);
    }
  }

  /** Notes how long a set-up took, for a run that goes on after this one was interrupted. */
  void end(Version version, double seconds) throws IOException {
    if (contains(version)) {
      Files.writeString(note(version), Double.toString(seconds));
    }
  }

  /** How long the set-up took; empty where another built the environment, or was interrupted. */
  OptionalDouble seconds(Version version) throws IOException {
    if (!contains(version)) {
      return OptionalDouble.empty();
    }
    String noted = Files.readString(note(version));
    return noted.equals(UNFINISHED)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(noted));
  }

  /** Whether this run, or what it goes on with, built the environment. */
  boolean contains(Version version) {
    return Files.exists(note(version));
  }

  /** Whether the environment is to be removed once its release is done. */
  boolean mayRemove(Version version) {
    return contains(version) && !keep;
  }

  /** Forgets an environment that is gone, or stays for good. */
  void forget(Version version) throws IOException {
    Files.deleteIfExists(note(version));
  }

  private Path note(Version version) {
    return folder.resolve(version.toString());
  }
}
