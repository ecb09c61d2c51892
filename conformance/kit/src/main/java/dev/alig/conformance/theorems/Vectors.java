package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.Tensor;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Operations on vectors: in double to draw problems, without error to judge them. */
final class Vectors {
  private Vectors() {}

  static Tensor of(int size, IntToDoubleFunction element) {
    return Tensor.vector(IntStream.range(0, size).mapToDouble(element).toArray());
  }

  static Tensor scaled(Tensor a, double factor) {
    return of(a.size(), i -> a.get(i) * factor);
  }

  static Tensor difference(Tensor a, Tensor b) {
    return of(a.size(), i -> a.get(i) - b.get(i));
  }

  static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.get(i) * b.get(i);
    }
    return sum;
  }

  /** a·(b-c). */
  static double dotDifference(Tensor a, Tensor b, Tensor c) {
    return dot(a, difference(b, c));
  }

  /** A sum, without error. */
  static Real sum(int size, IntFunction<Real> term) {
    return IntStream.range(0, size).mapToObj(term).reduce(Real.ZERO, Real::plus);
  }

  /** ‖a‖², without error. */
  static Real squaredNorm(Tensor a) {
    return sum(a.size(), i -> Real.of(a.get(i)).squared());
  }

  /** ‖a-b‖², without error. */
  static Real squaredDistance(Tensor a, Tensor b) {
    return sum(a.size(), i -> Real.of(a.get(i)).minus(Real.of(b.get(i))).squared());
  }

  /** a·(b-c), without error. */
  static Real exactDotDifference(Tensor a, Tensor b, Tensor c) {
    return sum(a.size(), i -> Real.of(a.get(i)).times(Real.of(b.get(i)).minus(Real.of(c.get(i)))));
  }
}
