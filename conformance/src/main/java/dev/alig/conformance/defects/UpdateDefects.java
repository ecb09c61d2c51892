package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Defects of the update that have nothing to do with momentum. */
final class UpdateDefects {
  private UpdateDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(operations());
    all.addAll(elements());
    all.addAll(tensors());
    all.addAll(absentGradients());
    return all;
  }

  private static List<Defect> operations() {
    return List.of(
        Defect.of(
            "descent-dropped",
            "the gradient does not move the parameter",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return p;
                  }
                }),
        Defect.of(
            "descent-doubled",
            "the gradient moves the parameter twice",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return super.descend(super.descend(p, gradient, k), gradient, k);
                  }
                }),
        Defect.of(
            "ascent",
            "the parameter moves with the gradient",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return fma(gradient, k.gamma(), p);
                  }
                }),
        Defect.of(
            "descent-by-sign",
            "the sign of the gradient moves the parameter",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return super.descend(p, Math.signum(gradient), k);
                  }
                }));
  }

  private static List<Defect> elements() {
    return List.of(
        Defect.of(
            "update-misses-first",
            "the first element of a longer tensor stays",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean updates(int element, int size) {
                    return element > 0 || size == 1;
                  }
                }),
        Defect.of(
            "update-misses-last",
            "the last element of a longer tensor stays",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean updates(int element, int size) {
                    return element < size - 1 || size == 1;
                  }
                }),
        Defect.of(
            "update-misses-every-8th",
            "every eighth element stays",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean updates(int element, int size) {
                    return element % 8 != 7;
                  }
                }),
        Defect.of(
            "update-misses-tail",
            "what exceeds the last full block of 8 stays",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean updates(int element, int size) {
                    return size < 8 || element < size / 8 * 8;
                  }
                }),
        Defect.of(
            "update-misses-tail-of-64",
            "what exceeds the last full block of 64 stays",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean updates(int element, int size) {
                    return size < 64 || element < size / 64 * 64;
                  }
                }),
        Defect.of(
            "update-one-ulp-off-in-tail",
            "the element beyond a block of 32 is one ulp too large",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    super.update(slot, e, gradient, k);
                    if (e == 32) {
                      slot.p[e] = dtype.up(slot.p[e]);
                    }
                  }
                }),
        Defect.of(
            "update-reversed",
            "the elements of the gradient are read from the end",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    double[] reversed = gradient.clone();
                    for (int e = 0; e < gradient.length; e++) {
                      reversed[e] = gradient[gradient.length - 1 - e];
                    }
                    super.update(slot, reversed, stepSize);
                  }
                }));
  }

  private static List<Defect> tensors() {
    return List.of(
        Defect.of(
            "parameters-reversed",
            "gradients go to the parameters in reverse order, where shapes permit",
            c ->
                new PlainRun(c) {
                  @Override
                  Optional<double[]> gradient(Step step, Slot slot) {
                    List<Optional<Tensor>> group = step.gradients().get(slot.group);
                    Optional<Tensor> other = group.get(group.size() - 1 - slot.index);
                    return other
                        .filter(gradient -> gradient.size() == slot.p.length)
                        .map(Tensor::toArray)
                        .or(() -> super.gradient(step, slot));
                  }
                }),
        Defect.of(
            "writes-to-next-parameter",
            "the update of a parameter lands in the next one of its size",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    int next = slots.indexOf(slot) + 1;
                    boolean fits =
                        next < slots.size() && slots.get(next).p.length == gradient.length;
                    super.update(fits ? slots.get(next) : slot, gradient, stepSize);
                  }
                }),
        Defect.of(
            "scalars-stay",
            "a tensor of no dimension is not updated",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    if (!slot.shape.isEmpty()) {
                      super.update(slot, gradient, stepSize);
                    }
                  }
                }),
        Defect.of(
            "last-group-stays",
            "the last of several groups is not updated",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    int groups = c.groups().size();
                    if (groups == 1 || slot.group < groups - 1) {
                      super.update(slot, gradient, stepSize);
                    }
                  }
                }));
  }

  private static List<Defect> absentGradients() {
    return List.of(
        Defect.of(
            "absent-as-zero",
            "an absent gradient counts as zero, so that the buffer decays",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    for (Slot slot : slots) {
                      double[] zeros = new double[slot.p.length];
                      update(slot, gradient(step, slot).orElse(zeros), stepSizes.get(slot.group));
                    }
                  }
                }),
        Defect.of(
            "absent-clears-buffer",
            "an absent gradient clears the buffer",
            c ->
                new PlainRun(c) {
                  @Override
                  void withoutGradient(Slot slot) {
                    Arrays.fill(slot.v, 0);
                  }
                }),
        Defect.of(
            "absent-ends-group",
            "parameters after one without a gradient are not updated",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    List<Integer> ended = new ArrayList<>();
                    for (Slot slot : slots) {
                      Optional<double[]> gradient = gradient(step, slot);
                      if (gradient.isEmpty()) {
                        ended.add(slot.group);
                      } else if (!ended.contains(slot.group)) {
                        update(slot, gradient.get(), stepSizes.get(slot.group));
                      }
                    }
                  }
                }),
        Defect.of(
            "absent-ends-step",
            "a step in which any gradient is absent moves nothing",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    if (slots.stream().allMatch(slot -> gradient(step, slot).isPresent())) {
                      super.update(step, stepSizes);
                    }
                  }
                }));
  }
}
