package dev.alig.conformance.theorems;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedStep;
import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TracedStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One step of an optimizer: what it was given, its answer, and the legal answers.
 *
 * @param problem what the optimizer minimizes
 * @param k the number of the step, from 0
 * @param scripted the step as a case
 * @param traced the answer
 * @param legal the answers of a correct implementation, and the real-number answer
 */
record Move(Problem problem, int k, StepCase scripted, TracedStep traced, BoundedStep legal) {
  /** The parameters w. */
  Tensor before() {
    return joined(scripted.resumed().orElseThrow().parameters().stream().flatMap(List::stream));
  }

  /** The supplied gradient. */
  Tensor gradient() {
    return joined(scripted.steps().get(0).presentGradients().stream());
  }

  /** The parameters w⁺ of the answer. */
  Tensor after() {
    return joined(traced.after().parameters().stream().flatMap(List::stream));
  }

  /** Tensors as one vector. */
  private static Tensor joined(Stream<Tensor> tensors) {
    return Tensor.vector(
        tensors.flatMapToDouble(tensor -> Arrays.stream(tensor.toArray())).toArray());
  }

  /** Whether every number of the answer is finite, as it is in real arithmetic. */
  boolean isFinite() {
    return Double.isFinite(traced.unclipped())
        && traced.stepSizes().stream().allMatch(Double::isFinite)
        && Arrays.stream(after().toArray()).allMatch(Double::isFinite);
  }

  /** The point u or w* of the problem. */
  Tensor target() {
    return problem.target();
  }

  /** A constant of the loss. */
  Real constant(Loss.Constant constant) {
    return problem.losses().get(k).get(constant);
  }

  /** A claim about this step. */
  Inequality claim(String text, Real left, Real right, Real lacking, Real rounding) {
    return new Inequality(text, this, left, right, lacking, rounding);
  }

  /** A claim whose hypothesis the supplied numbers meet exactly. */
  Inequality claim(String text, Real left, Real right, Real rounding) {
    return claim(text, left, right, Real.ZERO, rounding);
  }

  /** The supplied loss. */
  double loss() {
    return scripted.steps().get(0).loss();
  }

  /** The loss, exactly. */
  Real l() {
    return Real.of(loss());
  }

  Real eps() {
    return Real.of(scripted.eps());
  }

  /** The cap of all groups, if there is one. */
  Optional<Real> cap() {
    OptionalDouble cap = scripted.groups().get(0).maxLearningRate();
    return cap.isPresent() ? Optional.of(Real.of(cap.getAsDouble())) : Optional.empty();
  }

  /** γ, the step size in real arithmetic. */
  Real step() {
    return exact(size());
  }

  /** The step size that an implementation may take. */
  Bounded size() {
    return legal.stepSizes().get(0);
  }

  /** ‖g‖². */
  Real squaredGradient() {
    return Vectors.squaredNorm(gradient());
  }

  /** ‖w-w*‖². */
  Real squaredDistanceBefore() {
    return Vectors.squaredDistance(before(), target());
  }

  /** ‖w⁺-w*‖² of the answer. */
  Real squaredDistanceAfter() {
    return Vectors.squaredDistance(after(), target());
  }

  /** g·(w-w*). */
  Real slope() {
    return Vectors.exactDotDifference(gradient(), before(), target());
  }

  /** By how much rounding may raise ‖w⁺-w*‖². */
  Real roundingOfSquaredDistance() {
    return roundingOfSquaredDistance(target());
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
    return Vectors.exactDotDifference(gradient(), before(), after());
  }

  /** By how much rounding may change g·(w-w⁺), in either direction. */
  Real roundingOfDescent() {
    List<Bounded> elements = elements();
    Tensor gradient = gradient();
    return Vectors.sum(
        elements.size(), i -> Real.of(gradient.get(i)).abs().times(deviation(elements.get(i))));
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
