package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.InnerProducts;
import dev.alig.conformance.bounds.Norms;
import dev.alig.conformance.bounds.Rounding;
import java.util.List;

/** BPGrad; settings: momentum, decay, eps. Sums run over the tensors in any order. */
final class BpGradRule extends Rule {
  @Override
  void take(BoundedRun run) {
    Rounding r = run.rounding;
    double decay = run.settings.get(1);
    List<Bounded> g = run.decayed(decay);
    Bounded objective = run.number(run.loss);
    if (decay != 0) {
      objective = objective(run, objective, run.number(0.5 * decay));
    }
    Bounded squares = Norms.sumOfSquares(run.byTensor(g), r).or(InnerProducts.of(g, g, r));
    Bounded norm = r.root(Functions.larger(squares, Bounded.of(0.0)));
    Bounded size = r.over(objective, r.plus(norm, run.number(run.settings.get(2))));
    Bounded descent = r.cast(run.wide.times(Bounded.of(run.rate), size).negated());
    List<Bounded> v = run.vectors.get(0);
    for (int i = 0; i < g.size(); i++) {
      Bounded kept = r.times(run.number(run.settings.get(0)), v.get(i));
      v.set(i, r.timesPlus(descent, g.get(i), kept));
      run.w.set(i, r.plus(run.w.get(i), v.get(i)));
    }
  }

  /** The loss with half · w² added, once for all tensors or tensor by tensor. */
  private static Bounded objective(BoundedRun run, Bounded loss, Bounded half) {
    Rounding r = run.rounding;
    Bounded atOnce = r.timesPlus(half, InnerProducts.of(run.w, run.w, r), loss);
    Bounded oneByOne = loss;
    for (List<Bounded> tensor : run.byTensor(run.w)) {
      oneByOne = r.timesPlus(half, Norms.sumOfSquares(List.of(tensor), r), oneByOne);
    }
    return atOnce.or(oneByOne);
  }
}
