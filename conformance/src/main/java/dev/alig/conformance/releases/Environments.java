package dev.alig.conformance.releases;

import dev.alig.conformance.releases.ReleaseResult.SetUp;
import dev.alig.python.CachedEnvironments;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The Python environments of a run, one release after the other, so that the disk need hold but one
 * of them; one that was there before is never removed.
 */
final class Environments {
  private final EnvironmentRequest request;
  private final BuiltHere built;
  private final PrintStream out;

  /** An environment, and how it was had. */
  record Prepared(PythonEnvironment python, SetUp setUp) {}

  /**
   * Environments for a request.
   *
   * @param built knows which of them the run built
   */
  Environments(EnvironmentRequest request, BuiltHere built, PrintStream out) {
    this.request = request;
    this.built = built;
    this.out = out;
  }

  /** The free space for environments, in bytes. */
  long freeBytes() {
    return CachedEnvironments.freeBytes(request);
  }

  /** Whether the environment of a release need not be set up. */
  boolean isThere(Version version) {
    return CachedEnvironments.find(request.withTorch(version.toString())).isPresent();
  }

  /**
   * The environment of a release, built first where it is not there.
   *
   * @throws dev.alig.python.EnvironmentException if it cannot be had
   */
  Prepared prepare(Version version) throws IOException {
    EnvironmentRequest wanted = request.withTorch(version.toString());
    long free = freeBytes();
    boolean there = isThere(version);
    built.begin(version, there);
    if (there) {
      out.printf("torch %s: its environment is there; %s free%n", version, gigabytes(free));
    } else {
      out.printf(
          "torch %s: to be set up; %s free, about %s needed%n",
          version, gigabytes(free), gigabytes(CachedEnvironments.neededBytes(wanted)));
    }
    long start = System.nanoTime();
    PythonEnvironment python = PythonEnvironment.prepare(wanted, Progress.to(out));
    double seconds = (System.nanoTime() - start) / 1e9;
    if (there) {
      seconds = built.seconds(version).orElse(seconds);
    } else {
      built.end(version, seconds);
    }
    boolean ours = built.contains(version);
    return new Prepared(python, new SetUp(ours, seconds, python.diskBytes(), free, true));
  }

  /** Removes the environment if this run built it and is not to keep it; says what became of it. */
  SetUp leave(Version version, SetUp setUp) throws IOException {
    boolean remove = built.mayRemove(version);
    boolean gone =
        remove
            && CachedEnvironments.remove(request.withTorch(version.toString()), Progress.to(out));
    if (gone || !remove) {
      built.forget(version);
    }
    return new SetUp(setUp.built(), setUp.seconds(), setUp.diskBytes(), setUp.freeBytes(), !gone);
  }

  static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
