package dev.alig.conformance.coverage;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** One circumstance of a step of one group, such as that the cap was hit. */
@API(status = INTERNAL, since = "0.1")
public enum Level {
  /** The step size is the cap, and smaller than the unclipped one. */
  CAP_HIT(Factor.CAP),
  /** There is no cap, or the unclipped step size is not above it. */
  CAP_NOT_HIT(Factor.CAP),
  /** Momentum 0: no buffers. */
  MOMENTUM_NONE(Factor.MOMENTUM),
  /** Momentum between 0 and 1. */
  MOMENTUM_BELOW_ONE(Factor.MOMENTUM),
  /** Momentum 1 or more: buffers never decay. */
  MOMENTUM_FROM_ONE(Factor.MOMENTUM),
  /** The standard form. */
  FORM_STANDARD(Factor.FORM),
  /** The adjusted form. */
  FORM_ADJUSTED(Factor.FORM),
  /** There is no ball. */
  BALL_NONE(Factor.PROJECTION),
  /** The projection left the parameters alone. */
  BALL_KEPT(Factor.PROJECTION),
  /** The projection scaled the parameters. */
  BALL_HIT(Factor.PROJECTION),
  /** One group. */
  GROUPS_ONE(Factor.GROUPS),
  /** Two groups. */
  GROUPS_TWO(Factor.GROUPS),
  /** Three groups or more. */
  GROUPS_THREE(Factor.GROUPS),
  /** Single precision. */
  DTYPE_FLOAT(Factor.DTYPE),
  /** Double precision. */
  DTYPE_DOUBLE(Factor.DTYPE),
  /** Every parameter has a gradient. */
  GRADIENTS_ALL(Factor.GRADIENTS),
  /** Some parameters have a gradient. */
  GRADIENTS_SOME(Factor.GRADIENTS),
  /** No parameter has a gradient. */
  GRADIENTS_NONE(Factor.GRADIENTS),
  /** Gradients, if any, of which nothing below is true. */
  SPECIAL_NONE(Factor.SPECIAL),
  /** A NaN among them. */
  SPECIAL_NAN(Factor.SPECIAL),
  /** An infinity among them. */
  SPECIAL_INFINITE(Factor.SPECIAL),
  /** A finite number among them whose square is beyond the format. */
  SPECIAL_OVERFLOW(Factor.SPECIAL),
  /** A denormal among them. */
  SPECIAL_DENORMAL(Factor.SPECIAL),
  /** Gradients that are zero in every element. */
  SPECIAL_ZERO(Factor.SPECIAL),
  /** A Python float. */
  LOSS_FLOAT(Factor.LOSS_KIND),
  /** A tensor. */
  LOSS_TENSOR(Factor.LOSS_KIND),
  /** A positive loss, infinite or not. */
  LOSS_POSITIVE(Factor.LOSS_SIGN),
  /** A zero of either sign. */
  LOSS_ZERO(Factor.LOSS_SIGN),
  /** A negative loss, infinite or not. */
  LOSS_NEGATIVE(Factor.LOSS_SIGN),
  /** A NaN. */
  LOSS_NAN(Factor.LOSS_SIGN);

  private final Factor factor;

  Level(Factor factor) {
    this.factor = factor;
  }

  /** The factor that this is a level of. */
  public Factor factor() {
    return factor;
  }
}
