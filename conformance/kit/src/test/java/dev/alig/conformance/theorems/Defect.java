package dev.alig.conformance.theorems;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * An optimizer that makes a mistake.
 *
 * @param name the mistake
 * @param problem the problem that it solves in place of the one it was given
 * @param answer what it makes of the right answer
 */
record Defect(String name, UnaryOperator<StepCase> problem, UnaryOperator<Trace> answer)
    implements Implementation {
  static final Defect DOUBLED = mistaken("takes twice the step", c -> withLosses(c, 2));

  /** On quadratics twice ALI-G's step is even better than its own. */
  static final Defect QUADRUPLED = mistaken("takes four times the step", c -> withLosses(c, 4));

  static final Defect HALVED = mistaken("takes half the step", c -> withLosses(c, 0.5));
  static final Defect ASCENDING = mistaken("goes the other way", c -> withLosses(c, -1));
  static final Defect UNCAPPED = mistaken("ignores the cap", Defect::uncapped);
  static final Defect UNPROJECTED = mistaken("does not project", StepCase::unprojected);
  static final Defect WITHOUT_EPS = mistaken("drops eps", c -> withEps(c, 0));
  static final Defect FIXED_EPS = mistaken("has an eps of its own", c -> withEps(c, 1e-5));
  static final Defect IDLE =
      new Defect("reports a step and takes none", UnaryOperator.identity(), Defect::idle);
  static final Defect ONE_ULP_ABOVE =
      new Defect("reports a step an ulp too long", UnaryOperator.identity(), Defect::longer);

  private static Defect mistaken(String name, UnaryOperator<StepCase> problem) {
    return new Defect(name, problem, UnaryOperator.identity());
  }

  @Override
  public Trace run(StepCase scripted) {
    return answer.apply(new ExactOracle().run(problem.apply(scripted)));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Trace idle(Trace trace) {
    List<TracedStep> steps =
        trace.steps().stream()
            .map(s -> new TracedStep(s.unclipped(), s.stepSizes(), s.mean(), trace.constructed()))
            .toList();
    return new Trace(trace.constructed(), steps, trace.raised());
  }

  private static Trace longer(Trace trace) {
    List<TracedStep> steps =
        trace.steps().stream()
            .map(
                s ->
                    new TracedStep(
                        s.unclipped(),
                        s.stepSizes().stream().map(Math::nextUp).toList(),
                        s.mean(),
                        s.after()))
            .toList();
    return new Trace(trace.constructed(), steps, trace.raised());
  }

  private static StepCase withLosses(StepCase c, double factor) {
    List<Step> steps =
        c.steps().stream()
            .map(s -> new Step(factor * s.loss(), s.lossKind(), s.gradients()))
            .toList();
    return new StepCase(
        c.id(), c.dtype(), c.eps(), c.form(), c.radius(), c.groups(), steps, c.resumed());
  }

  private static StepCase withEps(StepCase c, double eps) {
    return new StepCase(
        c.id(), c.dtype(), eps, c.form(), c.radius(), c.groups(), c.steps(), c.resumed());
  }

  private static StepCase uncapped(StepCase c) {
    return c.withGroups(
        c.groups().stream()
            .map(g -> new Group(OptionalDouble.empty(), g.momentum(), g.parameters()))
            .toList());
  }
}
