package dev.alig.conformance.releases;

import dev.alig.conformance.releases.Environments.Prepared;
import dev.alig.conformance.releases.Fingerprint.Probe;
import dev.alig.python.EnvironmentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks at the bits of a probe on a release.
 *
 * @param environments where releases are set up
 * @param probe the probe's name
 * @param oracle the folder of the {@code alig} package to ask; empty for the bundled one
 * @param folder for what is left of each release
 */
record ProbeObserver(Environments environments, String probe, Optional<Path> oracle, Path folder)
    implements Observer {
  private static final int SHOWN = 80;

  @Override
  public Observation observe(Version version) throws IOException, Unobservable {
    Prepared prepared;
    try {
      prepared = environments.prepare(version);
    } catch (EnvironmentException e) {
      throw new Unobservable("torch %s cannot be set up: %s".formatted(version, e.getMessage()));
    }
    try {
      PythonSide side = new PythonSide(prepared.python(), oracle);
      Path own = folder.resolve(version.toString());
      Probe found = find(version, side.fingerprint(own.resolve("fingerprint.json"), false));
      Probe portable = find(version, side.fingerprint(own.resolve("portable.json"), true));
      String facts = "%s, torch %s: %s".formatted(probe, version, words(found));
      return new Observation(false, digest(found), digest(portable), Blame.NOBODY, facts);
    } catch (IOException e) {
      throw new Unobservable("torch %s cannot be probed: %s".formatted(version, e.getMessage()));
    } finally {
      environments.leave(version, prepared.setUp());
    }
  }

  private Probe find(Version version, Fingerprint taken) throws Unobservable {
    if (!taken.dropped().isEmpty()) {
      throw new Unobservable("torch %s: %s".formatted(version, taken.dropped()));
    }
    return taken
        .probe(probe)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--bisect: %s is neither a file nor a probe; probes are %s"
                        .formatted(probe, taken.probes().stream().map(Probe::name).toList())));
  }

  private static String digest(Probe found) {
    return found.raised().isEmpty() ? found.digest() : found.raised();
  }

  private static String words(Probe found) {
    String shown = found.outcome();
    String bits = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
    return found.offUlps() < 0
        ? bits
        : String.format(Locale.ROOT, "%s, %.2f ulp off the exact answer", bits, found.offUlps());
  }
}
