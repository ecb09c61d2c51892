package dev.alig.conformance.releases;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Keeps what was seen of each release, so that a search that was interrupted goes on where it was.
 *
 * <p>What could not be looked at is not kept: it is tried again.
 *
 * @param observer looks at what was not seen before
 * @param folder where observations lie
 * @param asked what they follow from, the release aside; those that follow from other things count
 *     as none
 * @param out where to say that an observation is an old one
 */
record RememberingObserver(Observer observer, RunFolder folder, String asked, PrintStream out)
    implements Observer {
  /** An observation, and what it follows from. */
  record Seen(String asked, Observation observation) {}

  @Override
  public Observation observe(Version version) throws IOException, Unobservable {
    Optional<Seen> before = folder.seen(version).filter(seen -> seen.asked().equals(asked));
    if (before.isPresent()) {
      out.printf("torch %s: was looked at before%n", version);
      return before.get().observation();
    }
    Observation observation = observer.observe(version);
    folder.keep(version, new Seen(asked, observation));
    return observation;
  }
}
