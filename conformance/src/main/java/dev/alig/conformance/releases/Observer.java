package dev.alig.conformance.releases;

import java.io.IOException;

/** Looks at a case or a probe on one release. */
@FunctionalInterface
interface Observer {
  /**
   * Sets the release up and looks.
   *
   * @throws Unobservable if it cannot be set up or asked
   */
  Observation observe(Version version) throws IOException, Unobservable;

  /** A release that cannot be looked at. */
  final class Unobservable extends Exception {
    private static final long serialVersionUID = 1L;

    Unobservable(String message) {
      super(message);
    }
  }
}
