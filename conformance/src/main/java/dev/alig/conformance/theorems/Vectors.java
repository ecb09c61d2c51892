package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;

/** Vectors: in double where a problem is made up, without error where it is judged. */
final class Vectors {
  private Vectors() {}

  static Tensor scaled(Tensor a, double factor) {
    double[] scaled = a.toArray();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return Tensor.vector(scaled);
  }

  static Tensor difference(Tensor a, Tensor b) {
    double[] difference = a.toArray();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= b.get(i);
    }
    return Tensor.vector(difference);
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

  /** ‖a‖², without error. */
  static Real squaredNorm(Tensor a) {
    Real sum = Real.ZERO;
    for (int i = 0; i < a.size(); i++) {
      sum = sum.plus(Real.of(a.get(i)).squared());
    }
    return sum;
  }

  /** ‖a-b‖², without error. */
  static Real squaredDistance(Tensor a, Tensor b) {
    Real sum = Real.ZERO;
    for (int i = 0; i < a.size(); i++) {
      sum = sum.plus(Real.of(a.get(i)).minus(Real.of(b.get(i))).squared());
    }
    return sum;
  }

  /** a·(b-c), without error. */
  static Real exactDotDifference(Tensor a, Tensor b, Tensor c) {
    Real sum = Real.ZERO;
    for (int i = 0; i < a.size(); i++) {
      Real difference = Real.of(b.get(i)).minus(Real.of(c.get(i)));
      sum = sum.plus(Real.of(a.get(i)).times(difference));
    }
    return sum;
  }
}
