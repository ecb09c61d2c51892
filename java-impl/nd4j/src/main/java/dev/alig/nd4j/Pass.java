package dev.alig.nd4j;

import dev.alig.SquaredNorm;
import java.util.List;

/** One step's way over all parameters and gradients; made once everything about them is checked. */
interface Pass {
  /** Σ‖g‖² over the gradients present. */
  SquaredNorm gradientNorm();

  /** Whether no element of any gradient is NaN or infinite. */
  boolean gradientsAreFinite();

  /**
   * Moves the parameters and their momenta and projects; where it throws, it has changed nothing.
   *
   * @param stepSizes one per group
   */
  void move(List<Double> stepSizes);
}
