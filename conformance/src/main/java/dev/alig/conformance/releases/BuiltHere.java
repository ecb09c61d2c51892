package dev.alig.conformance.releases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
  /** Notes that an environment is about to be built, unless it is there. */
  void begin(Version version, boolean isThere) throws IOException {
    if (!isThere) {
      Files.createDirectories(folder);
      Files.writeString(note(version), "built for ci/releases\n");
    }
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
