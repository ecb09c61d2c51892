package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Rounding;
import java.util.List;

/** {@code torch.optim.SGD}; settings: momentum, decay. */
final class SgdRule extends Rule {
  private final boolean nesterov;

  SgdRule(boolean nesterov) {
    this.nesterov = nesterov;
  }

  @Override
  public boolean isBitwise() {
    return true;
  }

  @Override
  void take(BoundedRun run) {
    Rounding r = run.rounding;
    double momentum = run.settings.get(0);
    Bounded mu = run.number(momentum);
    Bounded descent = run.number(-run.rate);
    List<Bounded> g = run.decayed(run.settings.get(1));
    List<Bounded> b = run.vectors.get(0);
    for (int i = 0; i < g.size(); i++) {
      Bounded direction = g.get(i);
      if (momentum != 0) {
        b.set(i, run.t() == 1 ? g.get(i) : r.plus(r.times(mu, b.get(i)), g.get(i)));
        direction = nesterov ? r.timesPlus(mu, b.get(i), g.get(i)) : b.get(i);
      }
      run.w.set(i, r.timesPlus(direction, descent, run.w.get(i)));
    }
  }
}
