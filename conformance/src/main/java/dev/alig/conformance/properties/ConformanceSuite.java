package dev.alig.conformance.properties;

/**
 * The whole suite for one optimizer: extend it, and jqwik runs every property.
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
public abstract class ConformanceSuite extends OptimizerSuite
    implements BridgeProperties,
        StepSizeProperties,
        UpdateProperties,
        ProjectionProperties,
        ExtremeProperties,
        SpecialProperties,
        MarginProperties,
        PairProperties,
        TraceProperties,
        TheoremProperties,
        TrainedProperties,
        DifferenceProperties {
  /** For subclasses. */
  protected ConformanceSuite() {}
}
