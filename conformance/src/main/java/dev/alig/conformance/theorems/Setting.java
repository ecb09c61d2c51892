package dev.alig.conformance.theorems;

import dev.alig.conformance.DType;
import dev.alig.conformance.LossKind;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How the optimizer of a problem is set; the theorems want one cap for all groups and no momentum.
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
    requireOf(dtype, "eps", eps);
    if (cap.isPresent()) {
      requireOf(dtype, "cap", cap.getAsDouble());
    }
    if (radius.isPresent()) {
      requireOf(dtype, "radius", radius.getAsDouble());
    }
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

  /** A number that is rounded on its way would not be the theorem's. */
  private static void requireOf(DType dtype, String name, double value) {
    if (!(value >= 0 && dtype.round(value) == value)) {
      throw new IllegalArgumentException(
          "%s must be a number of %s and >= 0, was %s".formatted(name, dtype, value));
    }
  }
}
