package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Defects of what an optimizer carries from one step to the next: late, lost, or too much. */
final class StateDefects {
  private StateDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(late());
    all.addAll(counted());
    return all;
  }

  private static List<Defect> late() {
    return List.of(
        Defect.of(
            "stale-loss",
            "the loss of the step before counts",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return super.loss(before(this, step));
                  }
                }),
        Defect.of(
            "stale-norm",
            "the gradients of the step before count for the norm",
            c ->
                new PlainRun(c) {
                  @Override
                  List<double[]> gradients(Step step) {
                    List<double[]> stale = super.gradients(before(this, step));
                    return super.gradients(step).isEmpty() ? List.of() : stale;
                  }
                }),
        Defect.of(
            "stale-gradient",
            "the gradient of the step before moves a parameter, where there was one",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    Step now = c.steps().get(stepsTaken());
                    double[] stale = gradient(before(this, now), slot).orElse(gradient);
                    super.update(slot, stale, stepSize);
                  }
                }),
        Defect.of(
            "stale-step-size",
            "the step sizes of the step before are taken",
            c ->
                new PlainRun(c) {
                  private Optional<List<Double>> last = Optional.empty();

                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    super.update(step, last.orElse(stepSizes));
                    last = Optional.of(stepSizes);
                  }
                }),
        Defect.of(
            "report-one-step-late",
            "the state is reported before the projection",
            c ->
                new PlainRun(c) {
                  @Override
                  void step(Step step, double unclipped, List<Double> stepSizes) {
                    update(step, stepSizes);
                    report(unclipped, stepSizes);
                    project();
                  }
                }));
  }

  private static List<Defect> counted() {
    return List.of(
        Defect.of(
            "first-step-halved",
            "the first step is half as long",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    double size = super.quotient(loss, denominator);
                    return stepsTaken() == 0 ? dtype.round(size / 2) : size;
                  }
                }),
        Defect.of(
            "steps-decay",
            "step sizes shrink with the number of steps",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    return dtype.round(super.quotient(loss, denominator) / (1 + stepsTaken()));
                  }
                }),
        Defect.of(
            "tenth-step-skipped",
            "the tenth step changes nothing",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    if (stepsTaken() != 9) {
                      super.update(step, stepSizes);
                    }
                  }
                }),
        Defect.of(
            "gradients-accumulate",
            "gradients are added to those of the step before",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    Step now = c.steps().get(stepsTaken());
                    double[] sum = gradient.clone();
                    if (stepsTaken() > 0) {
                      gradient(before(this, now), slot)
                          .ifPresent(
                              old -> {
                                for (int e = 0; e < sum.length; e++) {
                                  sum[e] = dtype.round(sum[e] + old[e]);
                                }
                              });
                    }
                    super.update(slot, sum, stepSize);
                  }
                }),
        Defect.of(
            "refuses-empty-tensors",
            "a tensor without elements is refused",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    if (gradient.length == 0) {
                      throw new IllegalArgumentException("the tensor is empty");
                    }
                    super.update(slot, gradient, stepSize);
                  }
                }));
  }

  /** The step before the one under way, or that one if it is the first. */
  private static Step before(PlainRun run, Step now) {
    int taken = run.stepsTaken();
    return taken == 0 ? now : run.scripted.steps().get(taken - 1);
  }
}
