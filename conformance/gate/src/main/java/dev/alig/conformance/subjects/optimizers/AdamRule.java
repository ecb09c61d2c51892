package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.Rounding;
import java.util.List;

/** {@code torch.optim.Adam}, also AMSGrad; settings: beta1, beta2, eps, decay. */
final class AdamRule extends Rule {
  private final boolean amsgrad;

  AdamRule(boolean amsgrad) {
    this.amsgrad = amsgrad;
  }

  @Override
  void take(BoundedRun run) {
    Rounding r = run.rounding;
    double beta1 = run.settings.get(0);
    double beta2 = run.settings.get(1);
    Bounded root = r.cast(run.wide.root(run.unbias(beta2)));
    Bounded move = r.cast(run.wide.over(Bounded.of(run.rate), run.unbias(beta1)).negated());
    List<Bounded> g = run.decayed(run.settings.get(3));
    List<Bounded> m = run.vectors.get(0);
    List<Bounded> s = run.vectors.get(1);
    for (int i = 0; i < g.size(); i++) {
      m.set(i, lerp(r, m.get(i), g.get(i), run.number(1 - beta1)));
      s.set(i, squares(run, s.get(i), g.get(i), beta2));
      Bounded second = s.get(i);
      if (amsgrad) {
        second = Functions.larger(run.vectors.get(2).get(i), second);
        run.vectors.get(2).set(i, second);
      }
      Bounded scale = r.over(Functions.rootOfSquare(second, r), root);
      Bounded denominator = r.plus(scale, run.number(run.settings.get(2)));
      run.w.set(i, run.moved(run.w.get(i), move, m.get(i), denominator));
    }
  }

  /** s · beta + (1 - beta) · g · g. */
  static Bounded squares(BoundedRun run, Bounded s, Bounded g, double beta) {
    Rounding r = run.rounding;
    Bounded added = r.times(run.number(1 - beta), g);
    return r.timesPlus(added, g, r.times(s, run.number(beta)));
  }

  /** {@code torch.lerp} computes from the nearer end. */
  private static Bounded lerp(Rounding r, Bounded mean, Bounded next, Bounded weight) {
    Bounded way = r.minus(next, mean);
    return Math.abs(weight.low()) < 0.5
        ? r.timesPlus(weight, way, mean)
        : r.timesPlus(r.minus(weight, Bounded.of(1)), way, next);
  }
}
