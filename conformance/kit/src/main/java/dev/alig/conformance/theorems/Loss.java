package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.Tensor;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A nonnegative function of the parameters, such as the loss of one sample.
 *
 * <p>Value and gradient are computed in double. The error of that is measured where it matters.
 *
 * @param valueAt the loss at w
 * @param gradientAt a gradient at w; a subgradient where the loss has a kink
 * @param constants the constants that the loss has
 */
record Loss(
    ToDoubleFunction<Tensor> valueAt,
    UnaryOperator<Tensor> gradientAt,
    Map<Constant, Real> constants) {
  /** What is known of a loss. */
  enum Constant {
    /** C²: ‖gradient‖² is nowhere more. */
    SQUARED_LIPSCHITZ,
    /** β: two gradients differ by no more than β times the distance of their points. */
    SMOOTHNESS,
    /** α: loss(u) >= loss(w) + gradient(w)·(u-w) + ½α‖u-w‖². */
    CONVEXITY,
    /** μ: gradient(w)·(w-w*) >= μ‖w-w*‖², w* the minimizer. */
    SECANT
  }

  /** Just below the least value of sin(z)/z, which it has at z = 4.4934. */
  private static final Real LEAST_SINC = Real.of(-0.2172336282112217);

  double value(Tensor w) {
    return valueAt.applyAsDouble(w);
  }

  Tensor gradient(Tensor w) {
    return gradientAt.apply(w);
  }

  /** A constant of the loss; fails if the loss does not have it. */
  Real get(Constant constant) {
    Real known = constants.get(constant);
    if (known == null) {
      throw new IllegalStateException(
          "a loss with the constants %s has no %s".formatted(constants, constant));
    }
    return known;
  }

  /** Half a squared residual: ½r², r = a·(w-c) + b. */
  static Loss leastSquares(Tensor a, Tensor c, double b) {
    return huber(a, c, b, Double.POSITIVE_INFINITY);
  }

  /** Huber's loss of a residual r = a·(w-c) + b: ½r² up to |r| = δ, and δ|r| - ½δ² beyond. */
  static Loss huber(Tensor a, Tensor c, double b, double delta) {
    ToDoubleFunction<Tensor> residual = w -> Vectors.dotDifference(a, w, c) + b;
    Real beta = Vectors.squaredNorm(a);
    return new Loss(
        w -> {
          double r = Math.abs(residual.applyAsDouble(w));
          return r <= delta ? 0.5 * r * r : delta * (r - 0.5 * delta);
        },
        w -> Vectors.scaled(a, Math.max(-delta, Math.min(delta, residual.applyAsDouble(w)))),
        Double.isFinite(delta)
            ? Map.of(
                Constant.SMOOTHNESS,
                beta,
                Constant.SQUARED_LIPSCHITZ,
                beta.times(Real.of(delta).squared()))
            : Map.of(Constant.SMOOTHNESS, beta));
  }

  /** The hinge loss: max(0, 1 - a·w), a the features times the label. */
  static Loss hinge(Tensor a) {
    return new Loss(
        w -> Math.max(0, 1 - Vectors.dot(a, w)),
        w -> Vectors.scaled(a, Vectors.dot(a, w) < 1 ? -1 : 0),
        Map.of(Constant.SQUARED_LIPSCHITZ, Vectors.squaredNorm(a)));
  }

  /** The logistic loss: log(1 + exp(-a·w)), a the features times the label. */
  static Loss logistic(Tensor a) {
    return new Loss(
        w -> {
          double margin = Vectors.dot(a, w);
          return Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
        },
        w -> Vectors.scaled(a, -1 / (1 + Math.exp(Vectors.dot(a, w)))),
        Map.of());
  }

  /**
   * A quadratic whose constants are known: ½α‖d‖² + ½κ(q·d)², d = w-c.
   *
   * <p>Its Hessian αI + κqqᵀ has the eigenvalues α and α + κ‖q‖².
   *
   * @param alpha α > 0
   * @param kappa κ >= 0; with 0 the quadratic is as convex as it is smooth
   * @param q the steepest direction
   * @param c the minimizer
   */
  static Loss quadratic(double alpha, double kappa, Tensor q, Tensor c) {
    Real convexity = Real.of(alpha);
    return new Loss(
        w -> {
          Tensor d = Vectors.difference(w, c);
          double along = Vectors.dot(q, d);
          return 0.5 * (alpha * Vectors.dot(d, d) + kappa * along * along);
        },
        w -> {
          Tensor d = Vectors.difference(w, c);
          double along = kappa * Vectors.dot(q, d);
          return Vectors.of(d.size(), i -> alpha * d.get(i) + along * q.get(i));
        },
        Map.of(
            Constant.CONVEXITY,
            convexity,
            Constant.SMOOTHNESS,
            convexity.plus(Real.of(kappa).times(Vectors.squaredNorm(q)))));
  }

  /**
   * A wavy bowl: Σ a·d² + b·sin²d over the elements d of w-c, not convex where b > a.
   *
   * <p>Its derivative is 2ad + b·sin 2d = d·(2a + 2b·sin(2d)/(2d)), and its second derivative 2a +
   * 2b·cos 2d. So β = 2a + 2b and μ = 2a + 2b·min sin(z)/z. With a = 1 and b = 3 it is the
   * counterexample to steps without a cap.
   *
   * @param a the bowl
   * @param b the waves, less than 4.6·a
   * @param c the minimizer
   */
  static Loss wave(double a, double b, Tensor c) {
    return new Loss(
        w -> {
          double sum = 0;
          for (int i = 0; i < w.size(); i++) {
            double d = w.get(i) - c.get(i);
            double sine = StrictMath.sin(d);
            sum += a * d * d + b * sine * sine;
          }
          return sum;
        },
        w -> {
          Tensor d = Vectors.difference(w, c);
          return Vectors.of(d.size(), i -> 2 * a * d.get(i) + b * StrictMath.sin(2 * d.get(i)));
        },
        Map.of(
            Constant.SMOOTHNESS,
            Real.TWO.times(Real.of(a).plus(Real.of(b))),
            Constant.SECANT,
            Real.TWO.times(Real.of(a).plus(Real.of(b).times(LEAST_SINC)))));
  }
}
