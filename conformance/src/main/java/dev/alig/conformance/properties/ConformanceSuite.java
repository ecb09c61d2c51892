package dev.alig.conformance.properties;

import dev.alig.conformance.Implementation;
import net.jqwik.api.lifecycle.AddLifecycleHook;

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
 * <p>System properties choose the oracle and the size of the run; see {@link
 * dev.alig.conformance.gate.GateSettings}. What was found is in the journal, {@code
 * target/conformance/journal.jsonl}, and a failing case in {@code failures} beside it.
 */
@AddLifecycleHook(PropertyRun.class)
public abstract class ConformanceSuite
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
        DifferenceProperties {
  /** For subclasses. */
  protected ConformanceSuite() {}

  @Override
  public abstract Implementation subject();
}
