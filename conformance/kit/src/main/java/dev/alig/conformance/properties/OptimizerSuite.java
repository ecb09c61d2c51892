package dev.alig.conformance.properties;

import dev.alig.conformance.Implementation;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apiguardian.api.API;

/**
 * Properties of an optimizer that need not be ALI-G: a subclass states them with {@code @Property}
 * and {@link Checks}, draws cases with {@link dev.alig.conformance.cases.Cases}, and asks {@link
 * #agree}. For ALI-G the whole suite is there: {@link ConformanceSuite}.
 *
 * <p>An optimizer of another kind has an {@link Implementation#algorithm} of its own, and overrides
 * {@link #oracle}.
 *
 * <p>System properties choose the oracle and the size of the run; see {@link
 * dev.alig.conformance.run.ConformanceSettings}. The report is left in {@code target/conformance},
 * and what is needed to repeat a failure in {@code failures} there.
 */
@AddLifecycleHook(PropertyRun.class)
@AddLifecycleHook(SampledTries.class)
@API(status = API.Status.STABLE, since = "0.1")
public abstract class OptimizerSuite implements SubjectProperties {
  /** For subclasses. */
  protected OptimizerSuite() {}

  @Override
  public abstract Implementation subject();
}
