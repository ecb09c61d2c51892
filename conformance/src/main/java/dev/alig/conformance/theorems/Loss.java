package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;

/**
 * A nonnegative function of the parameters, such as the loss of one sample.
 *
 * <p>Value and gradient are computed in double; what that lacks in accuracy is measured where it
 * matters, and so is not assumed to be nothing.
 */
interface Loss {
  /** The loss at w. */
  double value(Tensor w);

  /** A gradient, or where there is none a subgradient, at w. */
  Tensor gradient(Tensor w);

  /** A loss with a bounded gradient. */
  interface Lipschitz extends Loss {
    /** C²: ‖gradient‖² is nowhere more. */
    Real squaredLipschitz();
  }

  /** A loss with a Lipschitz continuous gradient. */
  interface Smooth extends Loss {
    /** β: two gradients differ by no more than β times the distance of their points. */
    Real smoothness();
  }

  /** A smooth loss with more than a tangent below it, which vanishes at its minimizer. */
  interface StronglyConvex extends Smooth {
    /** α: loss(u) >= loss(w) + gradient(w)·(u-w) + ½α‖u-w‖². */
    Real convexity();
  }

  /** A smooth loss, convex or not, whose gradient points away from its minimizer w*. */
  interface RestrictedSecant extends Smooth {
    /** μ: gradient(w)·(w-w*) >= μ‖w-w*‖². */
    Real secant();
  }
}
