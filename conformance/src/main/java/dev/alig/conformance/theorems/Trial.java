package dev.alig.conformance.theorems;

import dev.alig.conformance.Implementation;
import java.util.Optional;

/** One attempt to see a theorem violated. */
public interface Trial {
  /**
   * Tries both, and tells which of the two violates the theorem.
   *
   * @param oracle empty where there is none to try
   */
  TrialResult judge(Implementation subject, Optional<Implementation> oracle);
}
