package dev.alig.conformance.properties;

import dev.alig.conformance.run.Sample;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** Skips the cases outside the sample, if only a sample of a run is run again. */
final class SampledTries implements AroundTryHook {
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor execution, List<Object> drawn) {
    Optional<Sample> sample = PropertyStatistics.current().run().sample();
    return sample.isEmpty() || sample.get().takes(drawn, random(sample.get(), context))
        ? execution.execute(drawn)
        : TryExecutionResult.satisfied();
  }

  private static SplittableRandom random(Sample sample, TryLifecycleContext context) {
    OptimizerSuite suite = (OptimizerSuite) context.testInstance();
    String property = context.targetMethod().getName();
    return Store.getOrCreate(
            SampledTries.class,
            Lifespan.PROPERTY,
            () -> sample.of(suite.subject().name(), property))
        .get();
  }
}
