package dev.alig.nd4j;

import dev.alig.SquaredNorm;
import java.util.List;

/** The operations of one step on all parameters and gradients, which have been checked before. */
interface Pass {
  /** Σ‖g‖² over the gradients present. */
  SquaredNorm gradientNorm();

  /** Whether no element of any gradient is NaN or infinite. */
  boolean gradientsAreFinite();

  /**
   * Moves the parameters and their momenta, and projects the parameters. If it throws, it has
   * changed nothing.
   *
   * @param stepSizes one per group
   * @return whether the parameters' norm overflowed in the projection
   */
  boolean move(List<Double> stepSizes);
}
