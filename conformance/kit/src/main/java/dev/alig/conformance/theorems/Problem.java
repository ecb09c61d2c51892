package dev.alig.conformance.theorems;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something to minimize from a starting point, one sample per step.
 *
 * @param id theorem and seed, from which the problem can be made again, such as {@code P1 seed 7}
 * @param setting how the optimizer is set
 * @param losses for each step the loss of its sample
 * @param start the parameters before the first step, numbers of the dtype
 * @param target the point u that the theorem is about: a feasible point or a minimizer
 */
record Problem(String id, Setting setting, List<Loss> losses, Tensor start, Tensor target) {
  Problem {
    losses = List.copyOf(losses);
  }

  /**
   * The optimizer's settings. The theorems need one cap for all groups and no momentum.
   *
   * @param dtype the format of the parameters
   * @param eps the constant in the denominator, a number of the dtype
   * @param cap the cap on the step size, a number of the dtype; empty for none
   * @param radius the radius of the ball, a number of the dtype; empty for none
   * @param kind how Python receives the losses
   * @param layout for each group the sizes of its tensors, which together hold the parameters
   */
  record Setting(
      DType dtype,
      double eps,
      OptionalDouble cap,
      OptionalDouble radius,
      LossKind kind,
      List<List<Integer>> layout) {
    Setting {
      layout = layout.stream().map(List::copyOf).toList();
      requireOf(dtype, "eps", OptionalDouble.of(eps));
      requireOf(dtype, "cap", cap);
      requireOf(dtype, "radius", radius);
    }

    /** The same with parameters of another size. */
    Setting withLayout(List<List<Integer>> other) {
      return new Setting(dtype, eps, cap, radius, kind, other);
    }

    /** The same with a cap, rounded to the dtype. */
    Setting withCap(double cap) {
      OptionalDouble rounded = OptionalDouble.of(dtype.round(cap));
      return new Setting(dtype, eps, rounded, radius, kind, layout);
    }

    /** The same with a ball, its radius rounded to the dtype. */
    Setting withRadius(double radius) {
      OptionalDouble rounded = OptionalDouble.of(dtype.round(radius));
      return new Setting(dtype, eps, cap, rounded, kind, layout);
    }

    /** The theorem is about this number, so it must not be rounded on its way. */
    private static void requireOf(DType dtype, String name, OptionalDouble number) {
      double value = number.orElse(0);
      if (!(value >= 0 && dtype.round(value) == value)) {
        throw new IllegalArgumentException(
            "%s must be a number of %s and >= 0, was %s".formatted(name, dtype, value));
      }
    }
  }

  /**
   * Step k from some parameters, as a case of its own. Empty if it is undefined: the gradient is
   * zero and eps = 0.
   */
  Optional<StepCase> step(int k, Tensor at) {
    DType dtype = setting.dtype();
    Tensor exact = losses.get(k).gradient(at);
    Tensor gradient = Vectors.of(exact.size(), i -> dtype.round(exact.get(i)));
    if (setting.eps() == 0 && Vectors.squaredNorm(gradient).signum() == 0) {
      return Optional.empty();
    }
    List<Group> groups =
        cut(at).stream().map(tensors -> new Group(setting.cap(), 0, tensors)).toList();
    List<List<Optional<Tensor>>> gradients =
        cut(gradient).stream().map(group -> group.stream().map(Optional::of).toList()).toList();
    double loss = dtype.round(losses.get(k).value(at));
    return Optional.of(
        new StepCase(
            "%s, step %d".formatted(id, k),
            dtype,
            setting.eps(),
            MomentumForm.STANDARD,
            setting.radius(),
            groups,
            List.of(new Step(loss, setting.kind(), gradients)),
            Optional.of(State.initial(groups))));
  }

  /** A vector as the tensors of the groups. */
  private List<List<Tensor>> cut(Tensor vector) {
    double[] values = vector.toArray();
    List<List<Tensor>> groups = new ArrayList<>();
    int from = 0;
    for (List<Integer> sizes : setting.layout()) {
      List<Tensor> tensors = new ArrayList<>();
      for (int size : sizes) {
        tensors.add(Tensor.vector(Arrays.copyOfRange(values, from, from + size)));
        from += size;
      }
      groups.add(tensors);
    }
    return groups;
  }

  @Override
  public String toString() {
    return "%s, %s, %d steps".formatted(id, setting.dtype(), losses.size());
  }
}
