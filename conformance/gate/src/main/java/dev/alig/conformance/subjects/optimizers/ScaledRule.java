package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.Rounding;
import java.util.List;

/**
 * {@code torch.optim.Adagrad} (settings: eps, decay) and {@code torch.optim.RMSprop} (settings:
 * alpha, eps, decay), which divide the gradient by the root of a sum or mean of squares.
 */
final class ScaledRule extends Rule {
  private final boolean mean;

  ScaledRule(boolean mean) {
    this.mean = mean;
  }

  @Override
  void take(BoundedRun run) {
    Rounding r = run.rounding;
    int at = mean ? 1 : 0;
    Bounded move = run.number(-run.rate);
    List<Bounded> g = run.decayed(run.settings.get(at + 1));
    List<Bounded> s = run.vectors.get(0);
    for (int i = 0; i < g.size(); i++) {
      s.set(
          i,
          mean
              ? AdamRule.squares(run, s.get(i), g.get(i), run.settings.get(0))
              : r.timesPlus(g.get(i), g.get(i), s.get(i)));
      Bounded denominator =
          r.plus(Functions.rootOfSquare(s.get(i), r), run.number(run.settings.get(at)));
      run.w.set(i, run.moved(run.w.get(i), move, g.get(i), denominator));
    }
  }
}
