package dev.alig;

/**
 * How the momentum μ enters a step of size γ along the gradient g.
 *
 * <p>v starts at 0. While γ stays constant both forms walk the same path; ALI-G's γ does not.
 * Berrada et al., ICML 2020, arXiv:1906.05661, section 3.
 */
public enum MomentumForm {
  /** Nesterov's momentum on steps: v ← μv − γg, then w ← w − γg + μv. */
  STANDARD,

  /** Nesterov's momentum on gradients, as frameworks' SGD has it: v ← μv − g, w ← w − γg + γμv. */
  ADJUSTED
}
