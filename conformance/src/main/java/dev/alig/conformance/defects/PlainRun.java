package dev.alig.conformance.defects;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.bounds.AliG;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ALI-G on plain arrays, each operation a method of its own, so that a defect overrides just the
 * operation that it spoils.
 *
 * <p>It shares no code with the optimizers of this project, nor with the exact oracle.
 */
class PlainRun extends SlotRun {
  private AliG operations = AliG.TORCH;

  PlainRun(Scripted scripted) {
    super(scripted);
  }

  /** Takes the steps in these operations; unless called, in torch's. */
  final PlainRun in(AliG chosen) {
    operations = chosen;
    return this;
  }

  /** The coefficients of one tensor's update, each rounded once to the dtype. */
  record Coefficients(double gamma, double mu, double gammaMu) {}

  @Override
  void step(Step step, double unclipped, List<Double> stepSizes) {
    update(step, stepSizes);
    project();
    report(unclipped, stepSizes);
  }

  // The step size.

  @Override
  double unclipped(Step step) {
    double loss = loss(step);
    List<double[]> gradients = gradients(step);
    return gradients.isEmpty()
        ? withoutGradient(step)
        : quotient(loss, plusEps(squaredNorm(gradients)));
  }

  double loss(Step step) {
    return dtype.round(step.loss());
  }

  double withoutGradient(Step step) {
    return step.loss() / scripted.eps();
  }

  double quotient(double loss, double denominator) {
    return dtype.round(loss / denominator);
  }

  double plusEps(double sum) {
    return dtype.round(sum + dtype.round(scripted.eps()));
  }

  /** The gradients that count for the step size. */
  List<double[]> gradients(Step step) {
    return slots.stream().map(slot -> gradient(step, slot)).flatMap(Optional::stream).toList();
  }

  double squaredNorm(List<double[]> gradients) {
    double sum = 0;
    for (double[] gradient : gradients) {
      sum = dtype.round(sum + square(gradientNorm(gradient)));
    }
    return sum;
  }

  double square(double norm) {
    return dtype.round(norm * norm);
  }

  double gradientNorm(double[] gradient) {
    return norm(gradient);
  }

  final double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return dtype.round(Math.sqrt(sum));
  }

  @Override
  final List<Double> stepSizes(double unclipped) {
    List<Double> sizes = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      sizes.add(capped(g, unclipped));
    }
    return sizes;
  }

  double capped(int group, double unclipped) {
    double cap = cap(group);
    return cap < unclipped ? cap : unclipped;
  }

  double cap(int group) {
    return scripted.groups().get(group).cap();
  }

  @Override
  double mean(List<Double> stepSizes, double unclipped) {
    double sum = 0;
    for (double size : stepSizes) {
      sum += size;
    }
    return sum / stepSizes.size();
  }

  // The update.

  void update(Step step, List<Double> stepSizes) {
    for (Slot slot : slots) {
      Optional<double[]> gradient = gradient(step, slot);
      if (gradient.isPresent()) {
        update(slot, gradient.get(), stepSizes.get(slot.group));
      } else {
        withoutGradient(slot);
      }
    }
  }

  Optional<double[]> gradient(Step step, Slot slot) {
    return step.gradients().get(slot.group).get(slot.index).map(Tensor::toArray);
  }

  /** What happens to a parameter without a gradient: nothing. */
  void withoutGradient(Slot slot) {}

  void update(Slot slot, double[] gradient, double stepSize) {
    Coefficients c = coefficients(stepSize, momentum(slot));
    for (int e = 0; e < gradient.length; e++) {
      if (updates(e, gradient.length)) {
        update(slot, e, gradient[e], c);
      }
    }
  }

  boolean updates(int element, int size) {
    return true;
  }

  double momentum(Slot slot) {
    return slot.momentum;
  }

  Coefficients coefficients(double stepSize, double momentum) {
    return new Coefficients(
        dtype.round(stepSize), dtype.round(momentum), dtype.round(stepSize * momentum));
  }

  void update(Slot slot, int e, double gradient, Coefficients c) {
    if (slot.momentum == 0) {
      slot.p[e] = descend(slot.p[e], gradient, c);
      return;
    }
    double[] v = buffer(slot);
    double decayed = decayed(v[e], c);
    v[e] =
        form() == MomentumForm.STANDARD
            ? standardBuffer(decayed, gradient, c)
            : adjustedBuffer(decayed, gradient, c);
    slot.p[e] = moved(slot.p[e], v[e], gradient, c);
  }

  private double moved(double p, double v, double gradient, Coefficients c) {
    if (operations == AliG.TENSORFLOW) {
      // Both moves are added up first; -0 is what adds nothing to a zero of either sign.
      return dtype.round(p + pushed(descend(-0.0, gradient, c), v, c));
    }
    return pushed(descend(p, gradient, c), v, c);
  }

  private double pushed(double p, double v, Coefficients c) {
    return form() == MomentumForm.STANDARD ? standardMove(p, v, c) : adjustedMove(p, v, c);
  }

  MomentumForm form() {
    return scripted.form();
  }

  @Override
  double[] buffer(Slot slot) {
    return slot.v;
  }

  @Override
  boolean reportsBuffer(Slot slot) {
    return slot.momentum != 0;
  }

  @Override
  double[] initialBuffer(double[] parameter) {
    return new double[parameter.length];
  }

  double descend(double p, double gradient, Coefficients c) {
    return fma(gradient, -c.gamma, p);
  }

  double decayed(double v, Coefficients c) {
    return dtype.round(c.mu * v);
  }

  double standardBuffer(double decayed, double gradient, Coefficients c) {
    return fma(gradient, -c.gamma, decayed);
  }

  double standardMove(double p, double v, Coefficients c) {
    return fma(v, c.mu, p);
  }

  double adjustedBuffer(double decayed, double gradient, Coefficients c) {
    return dtype.round(decayed - gradient);
  }

  double adjustedMove(double p, double v, Coefficients c) {
    return operations == AliG.TENSORFLOW
        ? fma(dtype.round(c.mu * v), c.gamma, p)
        : fma(v, c.gammaMu, p);
  }

  /** a·b + c, where the product is rounded by itself but in torch's operations. */
  final double fma(double a, double b, double c) {
    if (operations != AliG.TORCH) {
      return dtype.round(dtype.round(a * b) + c);
    }
    return dtype == DType.FLOAT ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
  }

  // The projection.

  @Override
  void projectAtConstruction() {
    project();
  }

  void project() {
    project(slots);
  }

  final void project(List<Slot> together) {
    if (scripted.radius().isEmpty()) {
      return;
    }
    double norm = parameterNorm(together);
    if (outside(norm, radius())) {
      scale(together, factor(radius(), norm));
    }
  }

  double radius() {
    return dtype.round(scripted.radius().orElse(Double.POSITIVE_INFINITY));
  }

  double parameterNorm(List<Slot> together) {
    double sum = 0;
    for (Slot slot : together) {
      double norm = norm(slot.p);
      sum = dtype.round(sum + dtype.round(norm * norm));
    }
    return dtype.round(Math.sqrt(sum));
  }

  boolean outside(double norm, double radius) {
    return norm > radius;
  }

  double factor(double radius, double norm) {
    return dtype.round(radius / norm);
  }

  void scale(List<Slot> together, double factor) {
    for (Slot slot : together) {
      for (int e = 0; e < slot.p.length; e++) {
        slot.p[e] = scaled(slot.p[e], factor);
      }
    }
  }

  double scaled(double p, double factor) {
    return dtype.round(p * factor);
  }
}
