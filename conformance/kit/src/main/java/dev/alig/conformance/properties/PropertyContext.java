package dev.alig.conformance.properties;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.run.ConformanceRun;
import java.util.List;

/**
 * A property of a suite in a run.
 *
 * @param run the run
 * @param suite the suite
 * @param subject the suite's subject
 * @param name the name of the property's method
 * @param requirements what the property checks, the main requirement first
 */
record PropertyContext(
    ConformanceRun run,
    OptimizerSuite suite,
    Implementation subject,
    String name,
    List<Requirement> requirements) {

  /** The requirement that the property is mainly about. */
  Requirement requirement() {
    return requirements.get(0);
  }

  /** Whether the property looks at what is done beside the steps, and not at their numbers. */
  boolean isAboutSideEffects() {
    return requirements.contains(Requirement.SIDE_EFFECTS);
  }
}
