package dev.alig;

/**
 * How the momentum μ enters a step of size γ along the gradient g.
 *
 * <p>The buffer v starts at 0. With a constant γ, both forms give the same parameters. ALI-G's γ
 * changes at each step, so its results differ. Source: Berrada et al., ICML 2020, arXiv:1906.05661,
 * section 3.
 */
public enum MomentumForm {
  /** Nesterov's momentum on steps: v ← μv − γg, then w ← w − γg + μv. */
  STANDARD,

  /**
   * Nesterov's momentum on gradients, as in the SGD of most frameworks: v ← μv − g, w ← w − γg +
   * γμv.
   */
  ADJUSTED
}
