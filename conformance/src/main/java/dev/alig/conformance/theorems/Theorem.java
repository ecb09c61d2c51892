package dev.alig.conformance.theorems;

import java.util.List;

/**
 * A theorem about problems with a certain kind of loss.
 *
 * @param <L> the kind of loss
 */
interface Theorem<L extends Loss> {
  /** What it says about a walk; an optimizer that keeps the rule satisfies all of it. */
  List<Inequality> about(Problem<L> problem, List<Move> moves);
}
