package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Reducer;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.properties.PropertyFailure.CaseBroke;
import dev.alig.conformance.properties.PropertyFailure.CaseDiffers;
import dev.alig.conformance.properties.PropertyFailure.StaleDifferences;
import dev.alig.conformance.properties.PropertyFailure.TrainingDiffers;
import dev.alig.conformance.run.ConformanceRun;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Event.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Runs a property with the run's seed and number of tries, and records how it ended. */
final class PropertyRun implements AroundPropertyHook, SkipExecutionHook {
  /** How a property ended, and what the report says about it. */
  private record Ending(Outcome outcome, String message) {}

  /** jqwik applies the hooks of a class to its methods only if they ask for it. */
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    Optional<Checks> checks = context.findAnnotation(Checks.class);
    if (checks.isEmpty()) {
      return SkipResult.doNotSkip();
    }
    // The settings and not the run: a skipped property must not prepare Python.
    ConformanceSettings settings = ConformanceSettings.from(System.getProperties());
    boolean draws = context.findAnnotation(Example.class).isEmpty();
    return settings.asksFor(List.of(checks.get().value()), draws)
        ? SkipResult.doNotSkip()
        : SkipResult.skip("not asked for in this run");
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor executor) {
    OptimizerSuite suite = (OptimizerSuite) context.testInstance();
    ConformanceRun run = ConformanceRun.get();
    PropertyContext property =
        new PropertyContext(
            run, suite, suite.subject(), context.targetMethod().getName(), requirements(context));
    run.begin(property.subject(), 0);
    String seed = Long.toString(run.seed(property.name()));
    setAttributes(context, run, seed);
    run.record(
        new Event.PropertyStarted(
            property.subject().name(), property.name(), property.requirements(), seed));
    Failures failures = new Failures(property);
    PropertyStatistics statistics = PropertyStatistics.start(property, failures);
    long start = System.nanoTime();
    PropertyExecutionResult executed = executor.execute();
    double seconds = (System.nanoTime() - start) / 1e9;
    // A failed case comes first: what follows from it, such as a branch never taken, is no news.
    PropertyExecutionResult result =
        failures.first().<PropertyExecutionResult>map(executed::mapToFailed).orElse(executed);
    failures.declared().record();
    Ending ending =
        result
            .throwable()
            .map(thrown -> failed(property, seed, failures, thrown))
            .orElseGet(() -> ended(result, failures, statistics));
    statistics.recordEnd(ending.outcome(), ending.message(), seconds);
    return result;
  }

  private static void setAttributes(
      PropertyLifecycleContext context, ConformanceRun run, String seed) {
    PropertyAttributes attributes = context.attributes();
    if (context.findAnnotation(Example.class).isEmpty()) {
      // A property without parameters draws its cases itself, and says how many.
      boolean drawn = context.targetMethod().getParameterCount() > 0;
      attributes.setTries(drawn ? run.tries() : 1);
    }
    attributes.setSeed(seed);
    attributes.setEdgeCases(EdgeCasesMode.NONE);
    attributes.setShrinking(ShrinkingMode.OFF);
    attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
  }

  private static List<Requirement> requirements(PropertyLifecycleContext context) {
    return context
        .findAnnotation(Checks.class)
        .map(checks -> List.of(checks.value()))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    context.targetMethod() + " names no requirement with @Checks"));
  }

  private static Ending ended(
      PropertyExecutionResult result, Failures failures, PropertyStatistics statistics) {
    if (result.status() != PropertyExecutionResult.Status.SUCCESSFUL) {
      return new Ending(Outcome.BROKEN, "jqwik ended the property as " + result.status());
    }
    String reason = statistics.reason();
    return new Ending(
        statistics.nothingApplied() ? Outcome.INAPPLICABLE : Outcome.AGREES,
        reason.isEmpty() ? failures.declared().summary() : reason);
  }

  private static Ending failed(
      PropertyContext property, String seed, Failures failures, Throwable thrown) {
    if (thrown instanceof CaseDiffers failure) {
      return new Ending(
          Outcome.DIFFERS, differs(property, seed, reduced(property, failures, failure)));
    }
    if (thrown instanceof TrainingDiffers failure) {
      return new Ending(Outcome.DIFFERS, differs(property, failure));
    }
    if (thrown instanceof StaleDifferences failure) {
      return new Ending(Outcome.DIFFERS, String.valueOf(failure.getMessage()));
    }
    return new Ending(Outcome.BROKEN, broken(property, seed, thrown));
  }

  /** The same failure on the smallest case that shows it. */
  private static CaseDiffers reduced(
      PropertyContext property, Failures failures, CaseDiffers failure) {
    if (!failure.reducible) {
      return failure;
    }
    Function<StepCase, Verdict> judge =
        scripted ->
            failure.kernels.isPresent()
                ? failure.kernels.get().judge(scripted).verdict()
                : property
                    .run()
                    .judge(scripted, property.subject(), property.suite().oracle())
                    .verdict();
    StepCase smallest =
        Reducer.reduce(
            failure.scripted,
            scripted ->
                judge.apply(scripted) instanceof Verdict.Differs differs
                    && failures.declared().declaring(scripted, differs.first()).isEmpty());
    return judge.apply(smallest) instanceof Verdict.Differs differs
        ? new CaseDiffers(differs.first(), smallest, true, Optional.empty())
        : failure;
  }

  private static String differs(PropertyContext property, String seed, CaseDiffers failure) {
    Path file =
        property
            .run()
            .keep(
                property.requirement(),
                failure.scripted,
                failure.difference,
                property.subject().name(),
                property.suite().getClass());
    String described = failure.scripted.describe() + ", property seed " + seed;
    List<Fact> before =
        List.of(requirement(property), new Fact("case", described), processor(property));
    return framed(failure.difference, before, "ci/conform --traces " + file);
  }

  private static String differs(PropertyContext property, TrainingDiffers failure) {
    ConformanceSettings settings = property.run().settings();
    String replay =
        "ci/conform --subject %s --only %s --seed %d --tries %d"
            .formatted(
                property.subject().name(),
                property.requirement(),
                settings.seed(),
                settings.tries());
    List<Fact> before = List.of(requirement(property), processor(property));
    return framed(failure.difference, before, replay);
  }

  private static Fact requirement(PropertyContext property) {
    Requirement requirement = property.requirement();
    return new Fact("requirement", "%s  %s".formatted(requirement, requirement.title()));
  }

  private static Fact processor(PropertyContext property) {
    return new Fact("processor", property.run().processor());
  }

  private static String framed(Difference difference, List<Fact> before, String replay) {
    return difference.framed(before, List.of(new Fact("replay", replay))).toString();
  }

  /** What failed, and the case if it was one, which is kept with the answer of exact arithmetic. */
  private static String broken(PropertyContext property, String seed, Throwable thrown) {
    if (!(thrown instanceof CaseBroke failure)) {
      return "%s%n  property seed %s".formatted(thrown.getMessage(), seed);
    }
    String name = "%s-%s".formatted(property.subject().name(), property.requirement());
    Path file = property.run().keepWithoutOracle(name, failure.scripted);
    return "%s%n  in case %s, property seed %s%n  replay  ci/conform --traces %s"
        .formatted(failure.getMessage(), failure.scripted.describe(), seed, file);
  }
}
