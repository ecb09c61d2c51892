package dev.alig.kernel;

import dev.alig.MomentumForm;

/**
 * The factors of an update with momentum. Both forms compute v ← fma(g, pull, decay·v), then p ←
 * fma(v, push, fma(g, descent, p)).
 *
 * @param descent −γ
 * @param decay μ
 * @param pull −γ in the standard form, −1 in the adjusted form: fma(g, −1, μ·v) equals μ·v − g bit
 *     for bit
 * @param push μ in the standard form, γ·μ in the adjusted form
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
