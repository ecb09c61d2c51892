package dev.alig.kernel;

import dev.alig.MomentumForm;

/**
 * What an update with momentum multiplies by, the same for both forms: v ← fma(g, pull, decay·v),
 * then p ← fma(v, push, fma(g, descent, p)).
 *
 * @param descent −γ
 * @param decay μ
 * @param pull −γ in the standard form, −1 in the adjusted one: fma(g, −1, μ·v) is μ·v − g to the
 *     bit
 * @param push μ in the standard form, γ·μ in the adjusted one
 */
record Factors(double descent, double decay, double pull, double push) {
  static Factors of(MomentumForm form, double stepSize, double momentum) {
    return switch (form) {
      case STANDARD -> standard(stepSize, momentum);
      case ADJUSTED -> adjusted(stepSize, momentum);
    };
  }

  static Factors standard(double stepSize, double momentum) {
    return new Factors(-stepSize, momentum, -stepSize, momentum);
  }

  static Factors adjusted(double stepSize, double momentum) {
    return new Factors(-stepSize, momentum, -1, stepSize * momentum);
  }
}
