package dev.alig.conformance.properties;

import org.apiguardian.api.API;

/**
 * The whole suite for one ALI-G. Extend it, and jqwik runs every property.
 *
 * <pre>{@code
 * class MyOptimizerConformanceTest extends ConformanceSuite {
 *   private static final Implementation SUBJECT = new MyOptimizer();
 *
 *   @Override
 *   public Implementation subject() {
 *     return SUBJECT;
 *   }
 * }
 * }</pre>
 *
 * <p>See {@link OptimizerSuite} for settings and results.
 */
@API(status = API.Status.STABLE, since = "0.1")
public abstract class ConformanceSuite extends OptimizerSuite
    implements BridgeProperties,
        StepCaseProperties,
        SpecialProperties,
        MarginProperties,
        KernelProperties,
        TraceProperties,
        TheoremProperties,
        TrainedProperties,
        BaselineProperties,
        DifferenceProperties {
  /** For subclasses. */
  protected ConformanceSuite() {}
}
