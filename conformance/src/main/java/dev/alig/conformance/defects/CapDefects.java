package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Defects of the cap, of the groups' settings, and of the mean step size. */
final class CapDefects {
  private CapDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(caps());
    all.addAll(places());
    all.addAll(groups());
    return all;
  }

  private static List<Defect> caps() {
    return List.of(
        Defect.of(
            "cap-ignored",
            "there is no cap",
            c ->
                new PlainRun(c) {
                  @Override
                  double capped(int group, double unclipped) {
                    return unclipped;
                  }
                }),
        Defect.of(
            "cap-as-floor",
            "the larger of step size and cap is taken where there is a cap",
            c ->
                new PlainRun(c) {
                  @Override
                  double capped(int group, double unclipped) {
                    boolean finite = Double.isFinite(cap(group));
                    return finite && cap(group) > unclipped ? cap(group) : unclipped;
                  }
                }),
        Defect.of(
            "cap-always",
            "the cap is the step size wherever there is one",
            c ->
                new PlainRun(c) {
                  @Override
                  double capped(int group, double unclipped) {
                    return Double.isFinite(cap(group)) ? cap(group) : unclipped;
                  }
                }),
        Defect.of(
            "cap-one-ulp-high",
            "a step size that hits the cap is one ulp above it",
            c ->
                new PlainRun(c) {
                  @Override
                  double cap(int group) {
                    return Math.nextUp(super.cap(group));
                  }
                }),
        Defect.of(
            "cap-rounded",
            "the cap is rounded to the dtype",
            c ->
                new PlainRun(c) {
                  @Override
                  double cap(int group) {
                    return dtype.round(super.cap(group));
                  }
                }),
        Defect.of(
            "cap-swallows-nan",
            "the minimum's comparison is turned round, so that a NaN becomes the cap",
            c ->
                new PlainRun(c) {
                  @Override
                  double capped(int group, double unclipped) {
                    return unclipped < cap(group) ? unclipped : cap(group);
                  }
                }),
        Defect.of(
            "cap-two-sided",
            "a step size is also kept above minus the cap",
            c ->
                new PlainRun(c) {
                  @Override
                  double capped(int group, double unclipped) {
                    return Math.max(super.capped(group, unclipped), -cap(group));
                  }
                }),
        Defect.of(
            "clip-at-zero",
            "a negative step size becomes 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double capped(int group, double unclipped) {
                    double size = super.capped(group, unclipped);
                    return size < 0 ? 0 : size;
                  }
                }));
  }

  private static List<Defect> places() {
    return List.of(
        Defect.of(
            "cap-on-loss",
            "the first group's cap limits the loss, before the division",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return Math.min(super.loss(step), dtype.round(cap(0)));
                  }

                  @Override
                  double capped(int group, double unclipped) {
                    return unclipped;
                  }
                }),
        Defect.of(
            "cap-on-unclipped",
            "the unclipped step size is reported with the first group's cap",
            c ->
                new PlainRun(c) {
                  @Override
                  void step(Step step, double unclipped, List<Double> stepSizes) {
                    super.step(step, capped(0, unclipped), stepSizes);
                  }
                }),
        Defect.of(
            "cap-reported-only",
            "the capped step size is reported, the unclipped one taken",
            c ->
                new PlainRun(c) {
                  @Override
                  void step(Step step, double unclipped, List<Double> stepSizes) {
                    update(step, Collections.nCopies(stepSizes.size(), unclipped));
                    project();
                    report(unclipped, stepSizes);
                  }
                }),
        Defect.of(
            "cap-taken-only",
            "the unclipped step size is reported for each group, the capped one taken",
            c ->
                new PlainRun(c) {
                  @Override
                  void step(Step step, double unclipped, List<Double> stepSizes) {
                    update(step, stepSizes);
                    project();
                    report(unclipped, Collections.nCopies(stepSizes.size(), unclipped));
                  }
                }));
  }

  private static List<Defect> groups() {
    return List.of(
        Defect.of(
            "cap-of-first-group",
            "every group has the first one's cap",
            c ->
                new PlainRun(c) {
                  @Override
                  double cap(int group) {
                    return super.cap(0);
                  }
                }),
        Defect.of(
            "caps-reversed",
            "the groups' caps are in reverse order",
            c ->
                new PlainRun(c) {
                  @Override
                  double cap(int group) {
                    return super.cap(c.groups().size() - 1 - group);
                  }
                }),
        Defect.of(
            "step-of-first-group",
            "every group takes the first one's step",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    super.update(step, Collections.nCopies(stepSizes.size(), stepSizes.get(0)));
                  }
                }),
        Defect.of(
            "smallest-cap-for-all",
            "every group has the smallest of the caps",
            c ->
                new PlainRun(c) {
                  @Override
                  double cap(int group) {
                    return c.groups().stream().mapToDouble(g -> g.cap()).min().orElseThrow();
                  }
                }),
        Defect.of(
            "mean-is-sum",
            "the mean step size is the sum",
            c ->
                new PlainRun(c) {
                  @Override
                  double mean(List<Double> stepSizes, double unclipped) {
                    return stepSizes.stream().mapToDouble(x -> x).sum();
                  }
                }),
        Defect.of(
            "mean-the-first",
            "the mean step size is the first group's",
            c ->
                new PlainRun(c) {
                  @Override
                  double mean(List<Double> stepSizes, double unclipped) {
                    return stepSizes.get(0);
                  }
                }),
        Defect.of(
            "mean-the-largest",
            "the mean step size is the largest",
            c ->
                new PlainRun(c) {
                  @Override
                  double mean(List<Double> stepSizes, double unclipped) {
                    return Collections.max(stepSizes);
                  }
                }),
        Defect.of(
            "mean-unclipped",
            "the mean step size is the unclipped one",
            c ->
                new PlainRun(c) {
                  @Override
                  double mean(List<Double> stepSizes, double unclipped) {
                    return unclipped;
                  }
                }),
        Defect.of(
            "mean-by-parameters",
            "the mean weighs each group with the number of its parameters",
            c ->
                new PlainRun(c) {
                  @Override
                  double mean(List<Double> stepSizes, double unclipped) {
                    return slots.stream()
                        .mapToDouble(slot -> stepSizes.get(slot.group))
                        .average()
                        .orElseThrow();
                  }
                }));
  }
}
