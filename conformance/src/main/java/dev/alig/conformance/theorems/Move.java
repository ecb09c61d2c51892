package dev.alig.conformance.theorems;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedStep;
import dev.alig.conformance.exact.Real;
import java.util.List;

/**
 * One step that an optimizer took: what it was given, what it answered, and what it may answer.
 *
 * @param scripted the step as a case
 * @param before the parameters w
 * @param loss the supplied loss
 * @param gradient the supplied gradient
 * @param traced the answer
 * @param after the parameters w⁺ of the answer
 * @param legal what a correct implementation may answer, and the real-number answer
 */
record Move(
    Scripted scripted,
    Tensor before,
    double loss,
    Tensor gradient,
    TracedStep traced,
    Tensor after,
    BoundedStep legal) {

  /** The move that an answer amounts to. */
  static Move of(Scripted scripted, TracedStep traced, BoundedStep legal) {
    Step step = scripted.steps().get(0);
    Tensor before = Layouts.joined(scripted.resumed().orElseThrow().parameters());
    Tensor after = Layouts.joined(traced.after().parameters());
    return new Move(scripted, before, step.loss(), Layouts.gradient(step), traced, after, legal);
  }

  /** Whether every number of the answer is finite, as it is in real arithmetic. */
  boolean isFinite() {
    boolean sizes =
        Double.isFinite(traced.unclipped())
            && traced.stepSizes().stream().allMatch(Double::isFinite);
    return sizes && Layouts.isFinite(after);
  }

  /** The loss, exactly. */
  Real l() {
    return Real.of(loss);
  }

  /** γ, the step size in real arithmetic. */
  Real step() {
    return exact(size());
  }

  /** The step size that an implementation may take; all groups have the same cap. */
  Bounded size() {
    return legal.stepSizes().get(0);
  }

  /** ‖g‖². */
  Real squaredGradient() {
    return Vectors.squaredNorm(gradient);
  }

  /** ‖w-u‖². */
  Real squaredDistanceBefore(Tensor u) {
    return Vectors.squaredDistance(before, u);
  }

  /** ‖w⁺-u‖² of the answer. */
  Real squaredDistanceAfter(Tensor u) {
    return Vectors.squaredDistance(after, u);
  }

  /** g·(w-u). */
  Real slope(Tensor u) {
    return Vectors.exactDotDifference(gradient, before, u);
  }

  /**
   * By how much rounding may raise ‖w⁺-u‖²: the squared distance of the farthest corner of the
   * legal w⁺ over that of the real-number w⁺.
   */
  Real roundingOfSquaredDistance(Tensor u) {
    Real farthest = Real.ZERO;
    Real exact = Real.ZERO;
    List<Bounded> elements = elements();
    for (int i = 0; i < elements.size(); i++) {
      Bounded element = elements.get(i);
      Real at = Real.of(u.get(i));
      Real low = Real.of(element.low()).minus(at).abs();
      Real high = Real.of(element.high()).minus(at).abs();
      farthest = farthest.plus(low.max(high).squared());
      exact = exact.plus(exact(element).minus(at).squared()).shortened();
    }
    return farthest.minus(exact).max(Real.ZERO);
  }

  /** g·(w-w⁺) of the answer: by how much the loss's tangent falls. */
  Real descent() {
    return Vectors.exactDotDifference(gradient, before, after);
  }

  /** By how much rounding may change g·(w-w⁺), in either direction. */
  Real roundingOfDescent() {
    Real sum = Real.ZERO;
    List<Bounded> elements = elements();
    for (int i = 0; i < elements.size(); i++) {
      Real farthest = deviation(elements.get(i));
      sum = sum.plus(Real.of(gradient.get(i)).abs().times(farthest));
    }
    return sum;
  }

  /** The legal elements of w⁺. */
  List<Bounded> elements() {
    return legal.after().parameters().stream().flatMap(List::stream).flatMap(List::stream).toList();
  }

  /** The distance from the real-number answer to the farther of the legal ones. */
  static Real deviation(Bounded bounded) {
    Real answer = exact(bounded);
    Real below = answer.minus(Real.of(bounded.low()));
    Real above = Real.of(bounded.high()).minus(answer);
    return below.max(above).max(Real.ZERO);
  }

  static Real exact(Bounded bounded) {
    return bounded
        .exact()
        .orElseThrow(() -> new IllegalStateException("a problem's numbers are to be finite"));
  }
}
