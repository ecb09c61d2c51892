package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.Rounding;
import java.util.List;

/** {@code alig.th.AdamW} and {@code alig.th.Yogi}; settings: beta1, beta2, eps, decay. */
final class MomentsRule extends Rule {
  private final boolean yogi;

  MomentsRule(boolean yogi) {
    this.yogi = yogi;
  }

  @Override
  void take(BoundedRun run) {
    Rounding r = run.rounding;
    double beta1 = run.settings.get(0);
    double beta2 = run.settings.get(1);
    double decay = run.settings.get(3);
    Rounding d = run.wide;
    Bounded root = d.root(run.unbias(beta2));
    Bounded size = d.over(d.times(Bounded.of(run.rate), root), run.unbias(beta1));
    Bounded move = r.cast(size.negated());
    List<Bounded> g = yogi ? run.decayed(decay) : run.gradient;
    List<Bounded> m = run.vectors.get(0);
    List<Bounded> s = run.vectors.get(1);
    for (int i = 0; i < g.size(); i++) {
      Bounded kept = r.times(run.number(beta1), m.get(i));
      m.set(i, r.timesPlus(run.number(1 - beta1), g.get(i), kept));
      s.set(
          i,
          yogi
              ? squares(run, s.get(i), g.get(i), beta2)
              : AdamRule.squares(run, s.get(i), g.get(i), beta2));
      Bounded w = yogi ? run.w.get(i) : r.times(run.w.get(i), run.number(1 - run.rate * decay));
      Bounded denominator =
          r.plus(Functions.rootOfSquare(s.get(i), r), run.number(run.settings.get(2)));
      run.w.set(i, run.moved(w, move, m.get(i), denominator));
    }
  }

  private static Bounded squares(BoundedRun run, Bounded s, Bounded g, double beta) {
    Rounding r = run.rounding;
    Bounded square = r.times(g, g);
    Bounded change = r.times(Functions.sign(r.minus(s, square)), square);
    return r.timesPlus(run.number(-(1 - beta)), change, s);
  }
}
