package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import java.util.List;

/**
 * Something to minimize from a starting point, one sample a step.
 *
 * @param id what makes the problem up again, such as {@code P1 seed 7}
 * @param setting how the optimizer is set
 * @param losses the loss of the sample that is drawn in each step
 * @param start the parameters before the first step, numbers of the dtype
 * @param target the point u that the theorem is about: a feasible point or a minimizer
 */
record Problem<L extends Loss>(
    String id, Setting setting, List<L> losses, Tensor start, Tensor target) {
  Problem {
    losses = List.copyOf(losses);
  }

  @Override
  public String toString() {
    return "%s, %s, %d steps".formatted(id, setting.dtype(), losses.size());
  }
}
