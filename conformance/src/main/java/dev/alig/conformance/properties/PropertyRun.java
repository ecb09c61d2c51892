package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Extremes;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Reducer;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Runs a property with the gate's seed and number of tries, and writes down what came of it. */
final class PropertyRun implements AroundPropertyHook, SkipExecutionHook {
  /** jqwik applies the hooks of a class to its methods only where they ask for it. */
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
    GateSettings settings = Gate.get().settings();
    boolean draws = context.findAnnotation(Example.class).isEmpty();
    boolean wanted = List.of(checks.get().value()).stream().anyMatch(settings::wants);
    return wanted && (settings.drawsCases() || !draws)
        ? SkipResult.doNotSkip()
        : SkipResult.skip("not asked for in this run");
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Gate gate = Gate.get();
    Method method = context.targetMethod();
    String name = method.getName();
    Class<?> suite = context.testInstance().getClass();
    OptimizerSuite optimizer = (OptimizerSuite) context.testInstance();
    Implementation implementation = optimizer.subject();
    gate.begin(implementation, 0);
    String subject = implementation.name();
    List<Requirement> requirements = requirements(context);
    String seed = seed(gate.settings().seed(), name);
    if (context.findAnnotation(Example.class).isEmpty()) {
      // A property that draws its cases itself says how many.
      boolean drawn = method.getParameterCount() > 0;
      context.attributes().setTries(drawn ? gate.settings().tries() : 1);
    }
    context.attributes().setSeed(seed);
    context.attributes().setEdgeCases(EdgeCasesMode.NONE);
    context.attributes().setShrinking(ShrinkingMode.OFF);
    context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
    gate.record(new Event.PropertyStarted(subject, name, requirements, seed));
    Tally tally = Tally.start(subject, name);
    long start = System.nanoTime();
    PropertyExecutionResult result = property.execute();
    double seconds = (System.nanoTime() - start) / 1e9;
    record(gate, implementation, suite, name, requirements, seed, tally, result, seconds);
    return result;
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

  /** A seed of its own for each property, so that none repeats another's cases. */
  private static String seed(long seed, String property) {
    return Long.toString((seed * 31 + property.hashCode()) & Long.MAX_VALUE);
  }

  private static void record(
      Gate gate,
      Implementation subject,
      Class<?> suite,
      String name,
      List<Requirement> requirements,
      String seed,
      Tally tally,
      PropertyExecutionResult result,
      double seconds) {
    Optional<Throwable> thrown = result.throwable();
    String id = "%s-%s".formatted(subject.name(), requirements.get(0));
    String message = tally.reason();
    Outcome outcome = tally.nothingApplied() ? Outcome.INAPPLICABLE : Outcome.AGREES;
    if (thrown.isPresent() && thrown.get() instanceof Disagreement original) {
      Disagreement disagreement = reduced(gate, subject, original);
      outcome = Outcome.DIFFERS;
      Path file =
          gate.keep(
              requirements.get(0),
              disagreement.scripted(),
              disagreement.difference(),
              subject.name(),
              suite);
      message = facts(disagreement, requirements.get(0), seed, file).toString();
    } else if (thrown.isPresent() && thrown.get() instanceof TrainedDisagreement trained) {
      outcome = Outcome.DIFFERS;
      message = facts(gate, trained, subject, requirements.get(0)).toString();
    } else if (thrown.isPresent() && thrown.get() instanceof StaleDifferences stale) {
      outcome = Outcome.DIFFERS;
      message = stale.facts();
    } else if (thrown.isPresent()) {
      outcome = Outcome.BROKEN;
      message = broken(gate, id, thrown.get(), seed);
    } else if (result.status() != PropertyExecutionResult.Status.SUCCESSFUL) {
      outcome = Outcome.BROKEN;
      message = "jqwik ended the property as " + result.status();
    }
    for (Extremes extremes : tally.extremes()) {
      gate.record(new Event.Measured(subject.name(), name, requirements, extremes));
    }
    gate.record(covered(subject.name(), name, tally));
    gate.record(
        new Event.PropertyEnded(
            subject.name(),
            name,
            requirements,
            outcome,
            tally.cases(),
            tally.comparisons(),
            tally.steps(),
            tally.worst(),
            message,
            seconds));
  }

  private static Event covered(String subject, String property, Tally tally) {
    Map<String, String> excused = new LinkedHashMap<>();
    tally.excused().forEach((pair, why) -> excused.put(pair.toString(), why));
    List<String> pairs = tally.pairs().stream().map(Pair::toString).toList();
    return new Event.Covered(subject, property, pairs, excused, tally.inapplicable());
  }

  /** The same disagreement on the smallest case that shows it. */
  private static Disagreement reduced(
      Gate gate, Implementation subject, Disagreement disagreement) {
    if (!disagreement.reducible()) {
      return disagreement;
    }
    Scripted smallest =
        Reducer.reduce(
            disagreement.scripted(),
            scripted -> gate.judge(scripted, subject) instanceof Verdict.Differs);
    return gate.judge(smallest, subject) instanceof Verdict.Differs differs
        ? new Disagreement(differs.first(), smallest)
        : disagreement;
  }

  /** What failed, and the case if it was one, which is kept with the answer of exact arithmetic. */
  private static String broken(Gate gate, String id, Throwable thrown, String seed) {
    if (!(thrown instanceof Breakdown breakdown)) {
      return "%s%n  property seed %s".formatted(thrown.getMessage(), seed);
    }
    Path file = gate.keepWithoutOracle(id, breakdown.scripted());
    return "%s%n  in case %s, property seed %s%n  replay  ci/conform --traces %s"
        .formatted(breakdown.getMessage(), breakdown.scripted().describe(), seed, file);
  }

  private static Difference facts(
      Gate gate, TrainedDisagreement trained, Implementation subject, Requirement requirement) {
    GateSettings settings = gate.settings();
    String replay =
        "ci/conform --subject %s --only %s --seed %d --tries %d"
            .formatted(subject.name(), requirement, settings.seed(), settings.tries());
    return trained
        .difference()
        .framed(
            List.of(new Fact("requirement", "%s  %s".formatted(requirement, requirement.title()))),
            List.of(new Fact("replay", replay)));
  }

  private static Difference facts(
      Disagreement disagreement, Requirement requirement, String seed, Path file) {
    return disagreement
        .difference()
        .framed(
            List.of(
                new Fact("requirement", "%s  %s".formatted(requirement, requirement.title())),
                new Fact("case", disagreement.scripted().describe() + ", property seed " + seed)),
            List.of(new Fact("replay", "ci/conform --traces " + file)));
  }
}
