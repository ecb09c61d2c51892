package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Defects of the projection on the ball. */
final class ProjectionDefects {
  private ProjectionDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(times());
    all.addAll(norms());
    all.addAll(factors());
    return all;
  }

  private static List<Defect> times() {
    return List.of(
        Defect.of(
            "projection-skipped",
            "steps are not projected",
            c ->
                new PlainRun(c) {
                  @Override
                  void project() {}

                  @Override
                  void projectAtConstruction() {
                    super.project();
                  }
                }),
        Defect.of(
            "projection-skipped-at-construction",
            "the initial parameters are not projected",
            c ->
                new PlainRun(c) {
                  @Override
                  void projectAtConstruction() {}
                }),
        Defect.of(
            "projection-before-update",
            "the projection comes before the update",
            c ->
                new PlainRun(c) {
                  @Override
                  void step(Step step, double unclipped, List<Double> stepSizes) {
                    project();
                    update(step, stepSizes);
                    report(unclipped, stepSizes);
                  }
                }),
        Defect.of(
            "projection-twice",
            "the projection runs twice",
            c ->
                new PlainRun(c) {
                  @Override
                  void project() {
                    super.project();
                    super.project();
                  }
                }),
        Defect.of(
            "projection-every-other-step",
            "every other step is not projected",
            c ->
                new PlainRun(c) {
                  @Override
                  void project() {
                    if (stepsTaken() % 2 == 0) {
                      super.project();
                    }
                  }
                }),
        Defect.of(
            "projection-scales-buffers",
            "the projection scales the buffers as well",
            c ->
                new PlainRun(c) {
                  @Override
                  void scale(List<Slot> together, double factor) {
                    super.scale(together, factor);
                    for (Slot slot : together) {
                      Arrays.setAll(slot.v, e -> scaled(slot.v[e], factor));
                    }
                  }
                }),
        Defect.of(
            "projection-clears-buffers",
            "the projection clears the buffers",
            c ->
                new PlainRun(c) {
                  @Override
                  void scale(List<Slot> together, double factor) {
                    super.scale(together, factor);
                    together.forEach(slot -> Arrays.fill(slot.v, 0));
                  }
                }));
  }

  private static List<Defect> norms() {
    return List.of(
        Defect.of(
            "projection-per-tensor",
            "each tensor is projected by itself",
            c ->
                new PlainRun(c) {
                  @Override
                  void project() {
                    slots.forEach(slot -> project(List.of(slot)));
                  }
                }),
        Defect.of(
            "projection-per-group",
            "each group is projected by itself",
            c ->
                new PlainRun(c) {
                  @Override
                  void project() {
                    for (int g = 0; g < c.groups().size(); g++) {
                      int group = g;
                      project(slots.stream().filter(slot -> slot.group == group).toList());
                    }
                  }
                }),
        Defect.of(
            "projection-of-first-group",
            "the first group alone is projected",
            c ->
                new PlainRun(c) {
                  @Override
                  void project() {
                    project(slots.stream().filter(slot -> slot.group == 0).toList());
                  }
                }),
        Defect.of(
            "projection-misses-last-tensor",
            "the last of several tensors counts for the norm and is not scaled",
            c ->
                new PlainRun(c) {
                  @Override
                  void scale(List<Slot> together, double factor) {
                    int last = together.size() - 1;
                    super.scale(last == 0 ? together : together.subList(0, last), factor);
                  }
                }),
        Defect.of(
            "projection-on-box",
            "the projection takes the largest absolute value for the norm",
            c ->
                new PlainRun(c) {
                  @Override
                  double parameterNorm(List<Slot> together) {
                    return together.stream()
                        .flatMapToDouble(slot -> Arrays.stream(slot.p))
                        .map(Math::abs)
                        .reduce(0, Math::max);
                  }
                }),
        Defect.of(
            "projection-without-root",
            "the squared norm is compared with the radius",
            c ->
                new PlainRun(c) {
                  @Override
                  double parameterNorm(List<Slot> together) {
                    double norm = super.parameterNorm(together);
                    return dtype.round(norm * norm);
                  }
                }),
        Defect.of(
            "projection-radius-squared",
            "the ball has the squared radius",
            c ->
                new PlainRun(c) {
                  @Override
                  double radius() {
                    return dtype.round(super.radius() * super.radius());
                  }
                }),
        Defect.of(
            "projection-of-nan",
            "a norm that is NaN counts as outside the ball",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean outside(double norm, double radius) {
                    return !(norm <= radius);
                  }
                }));
  }

  private static List<Defect> factors() {
    return List.of(
        Defect.of(
            "projection-on-sphere",
            "parameters inside the ball are scaled up to its surface",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean outside(double norm, double radius) {
                    return norm > 0;
                  }
                }),
        Defect.of(
            "projection-lenient",
            "a norm up to 1 % beyond the radius counts as inside",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean outside(double norm, double radius) {
                    return norm > 1.01 * radius;
                  }
                }),
        Defect.of(
            "projection-strict",
            "a norm from 1 % below the radius on is scaled to it",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean outside(double norm, double radius) {
                    return norm > 0.99 * radius;
                  }
                }),
        Defect.of(
            "projection-not-to-zero",
            "a radius of 0 counts as no ball",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean outside(double norm, double radius) {
                    return radius > 0 && super.outside(norm, radius);
                  }
                }),
        Defect.of(
            "projection-not-of-infinity",
            "an infinite norm counts as inside the ball",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean outside(double norm, double radius) {
                    return norm < Double.POSITIVE_INFINITY && super.outside(norm, radius);
                  }
                }),
        Defect.of(
            "projection-eps-in-factor",
            "the factor is radius / (norm + 1e-6), as where gradients are clipped",
            c ->
                new PlainRun(c) {
                  @Override
                  double factor(double radius, double norm) {
                    return super.factor(radius, dtype.round(norm + 1e-6));
                  }
                }),
        Defect.of(
            "projection-factor-upside-down",
            "the factor is norm / radius",
            c ->
                new PlainRun(c) {
                  @Override
                  double factor(double radius, double norm) {
                    return super.factor(norm, radius);
                  }
                }),
        Defect.of(
            "projection-factor-unrounded",
            "a float parameter is multiplied with a double factor",
            c ->
                new PlainRun(c) {
                  @Override
                  double factor(double radius, double norm) {
                    return radius / norm;
                  }
                }),
        Defect.of(
            "projection-one-ulp-off-in-one",
            "the first element is one ulp too large once scaled",
            c ->
                new PlainRun(c) {
                  @Override
                  void scale(List<Slot> together, double factor) {
                    super.scale(together, factor);
                    for (Slot slot : together) {
                      if (slot.p.length > 1) {
                        slot.p[0] = dtype.up(slot.p[0]);
                      }
                    }
                  }
                }));
  }
}
