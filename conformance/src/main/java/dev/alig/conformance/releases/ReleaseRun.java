package dev.alig.conformance.releases;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the gate against one release. */
@FunctionalInterface
interface ReleaseRun {
  /**
   * Sets the release up, runs the gate, and clears up.
   *
   * @param folder for what the run leaves
   * @return what became of it, a failed set-up included
   */
  ReleaseResult run(Version version, Path folder) throws IOException;
}
