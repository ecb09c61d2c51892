package dev.alig.conformance.causes;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The step sizes of the groups and their mean, given the unclipped ones. */
final class StepSizes extends Quantity {
  /** How the cap of a group, one of all caps, may limit its step size. */
  @FunctionalInterface
  private interface Cap {
    double of(double unclipped, double cap, List<Double> caps);
  }

  private static final List<Change<Cap>> CAPS =
      List.of(
          new Change<>("", (size, cap, all) -> least(size, cap)),
          new Change<>("max_lr is ignored", (size, cap, all) -> size),
          new Change<>(
              "max_lr = that of the first group", (size, cap, all) -> least(size, all.get(0))),
          new Change<>(
              "max_lr = that of the last group",
              (size, cap, all) -> least(size, all.get(all.size() - 1))),
          new Change<>(
              "the step size is max_lr, whatever the loss",
              (size, cap, all) -> Double.isInfinite(cap) ? size : cap),
          new Change<>(
              "a negative step size counts as 0",
              (size, cap, all) -> least(size < 0 ? 0 : size, cap)),
          new Change<>(
              "the step size is clipped to [0, max_lr] where there is a max_lr",
              (size, cap, all) -> Double.isInfinite(cap) ? size : least(size < 0 ? 0 : size, cap)),
          new Change<>(
              "max_lr is rounded to float32", (size, cap, all) -> least(size, (float) cap)));

  private static final List<Change<ToDoubleFunction<TracedStep>>> MEANS =
      List.of(
          new Change<>(
              "the mean is the step size of the first group", step -> step.stepSizes().get(0)),
          new Change<>(
              "the mean is the step size of the last group",
              step -> step.stepSizes().get(step.stepSizes().size() - 1)),
          new Change<>("the mean is the sum of the step sizes", StepSizes::sum),
          new Change<>(
              "the mean is the largest step size", step -> Collections.max(step.stepSizes())),
          new Change<>(
              "the mean is the smallest step size", step -> Collections.min(step.stepSizes())),
          new Change<>("the mean is the unclipped step size", TracedStep::unclipped));

  /** The changes in words, by dimension. */
  static final List<List<String>> WORDS = List.of(Change.words(CAPS));

  /** The changes of the mean in words. */
  static final List<String> WORDS_OF_MEANS = Change.words(MEANS);

  StepSizes(StepCase scripted, Algorithm algorithm, Trace trace) {
    super(WORDS, scripted, algorithm, trace);
  }

  /** Python's {@code min(size, cap)}. */
  private static double least(double size, double cap) {
    return cap < size ? cap : size;
  }

  @Override
  boolean isOff(int k) {
    TracedStep step = trace.steps().get(k);
    Bounded unclipped = Bounded.of(step.unclipped());
    return Altered.zip(
            scripted.groups(),
            step.stepSizes(),
            (group, size) -> algorithm.stepSize(unclipped, group, scripted.dtype()).accepts(size))
        .contains(false);
  }

  @Override
  boolean explains(int[] choices, int k) {
    TracedStep step = trace.steps().get(k);
    List<Double> caps = scripted.groups().stream().map(Group::cap).toList();
    Cap changed = CAPS.get(choices[0]).of();
    return !Altered.zip(
            caps,
            step.stepSizes(),
            (cap, size) -> isSame(changed.of(step.unclipped(), cap, caps), size))
        .contains(false);
  }

  /** Zeros of both signs are the same. */
  private static boolean isSame(double wanted, double found) {
    return Double.compare(wanted + 0.0, found + 0.0) == 0;
  }

  /** Whether the means are those of the groups' step sizes. */
  boolean areMeansLegal() {
    return areMeans(step -> sum(step) / step.stepSizes().size());
  }

  /** The changes that explain the means. */
  List<List<String>> meanExplanations(Predicate<String> allowed) {
    return MEANS.stream()
        .filter(change -> allowed.test(change.words()) && areMeans(change.of()))
        .map(change -> List.of(change.words()))
        .toList();
  }

  /** Sums of Python's floats may be compensated or not. */
  private boolean areMeans(ToDoubleFunction<TracedStep> mean) {
    return trace.steps().stream()
        .allMatch(
            step -> {
              double wanted = mean.applyAsDouble(step);
              double sizes = step.stepSizes().stream().mapToDouble(Math::abs).sum();
              return isSame(wanted, step.mean())
                  || Math.abs(wanted - step.mean()) <= sizes * 2 * Math.ulp(1.0);
            });
  }

  private static double sum(TracedStep step) {
    return step.stepSizes().stream().mapToDouble(size -> size).sum();
  }
}
