package dev.alig.conformance.coverage;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether the parameters after a step are those of its update, unchanged by a projection.
 *
 * <p>The update follows from the step size and the buffer in the trace: p - γg, then plus μv or γμv
 * with momentum. Each product may be rounded before the sum, or fused with it. TensorFlow's kernels
 * add both moves first; they may flush a denormal to zero and change the sign of a zero. A
 * projection never changes the sign of a zero.
 */
record UnprojectedUpdate(StepCase scripted, State before, Step step, TracedStep taken) {
  /** Whether every element is what the update makes of it. */
  boolean holds() {
    for (int g = 0; g < scripted.groups().size(); g++) {
      for (int i = 0; i < before.parameters().get(g).size(); i++) {
        if (!holds(g, i)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean holds(int g, int i) {
    Tensor from = before.parameters().get(g).get(i);
    Tensor to = taken.after().parameters().get(g).get(i);
    Optional<Tensor> gradient = step.gradients().get(g).get(i);
    if (gradient.isEmpty()) {
      return from.equals(to);
    }
    double size = taken.stepSizes().get(g);
    Optional<Tensor> buffer = taken.after().buffers().get(g).get(i);
    for (int e = 0; e < from.size(); e++) {
      double p = from.get(e);
      double moved = gradient.get().get(e);
      List<Double> sums = sums(p, dtype().round(-size), moved);
      if (buffer.isPresent()) {
        sums = withBuffer(scripted.groups().get(g), size, p, moved, buffer.get().get(e));
      }
      double found = to.get(e);
      if (sums.stream().noneMatch(sum -> isSame(sum, found))) {
        return false;
      }
    }
    return true;
  }

  private List<Double> withBuffer(Group group, double size, double p, double gradient, double v) {
    double negated = dtype().round(-size);
    double factor = factor(group, size);
    List<Double> sums =
        new ArrayList<>(
            sums(p, negated, gradient).stream()
                .flatMap(sum -> sums(sum, factor, v).stream())
                .toList());
    double descent = dtype().round(negated * gradient);
    double push = dtype().round(dtype().round(group.momentum()) * v);
    double along =
        scripted.form() == MomentumForm.STANDARD ? push : dtype().round(dtype().round(size) * push);
    sums.add(dtype().round(p + dtype().round(descent + along)));
    return sums;
  }

  private boolean isSame(double sum, double found) {
    return found == 0 ? Math.abs(sum) < dtype().smallestNormal() : DType.same(sum, found);
  }

  /** What a buffer is multiplied with before it is added. */
  private double factor(Group group, double size) {
    double momentum = group.momentum();
    return dtype().round(scripted.form() == MomentumForm.STANDARD ? momentum : size * momentum);
  }

  /** a + b·c with one rounding, and with two. */
  private List<Double> sums(double a, double b, double c) {
    double fused =
        dtype() == DType.FLOAT ? Math.fma((float) b, (float) c, (float) a) : Math.fma(b, c, a);
    return List.of(fused, dtype().round(a + dtype().round(b * c)));
  }

  private DType dtype() {
    return scripted.dtype();
  }
}
