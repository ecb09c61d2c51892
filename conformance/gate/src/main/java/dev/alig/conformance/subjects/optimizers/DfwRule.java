package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.InnerProducts;
import dev.alig.conformance.bounds.Norms;
import dev.alig.conformance.bounds.Rounding;
import java.util.ArrayList;
import java.util.List;

/** DFW; settings: momentum, decay, eps. Sums run over the tensors in any order. */
final class DfwRule extends Rule {
  @Override
  void take(BoundedRun run) {
    Rounding r = run.rounding;
    Bounded eta = run.number(run.rate);
    List<Bounded> g = run.gradient;
    List<Bounded> ofDecay = new ArrayList<>();
    run.w.forEach(w -> ofDecay.add(r.times(run.number(run.settings.get(1)), w)));
    Bounded gamma = gamma(run, ofDecay);
    Bounded descent = r.cast(run.wide.times(Bounded.of(run.rate), gamma).negated());
    double momentum = run.settings.get(0);
    Bounded mu = run.number(momentum);
    List<Bounded> z = run.vectors.get(0);
    for (int i = 0; i < g.size(); i++) {
      Bounded direction = r.timesPlus(gamma, g.get(i), ofDecay.get(i));
      Bounded w = r.timesPlus(eta.negated(), direction, run.w.get(i));
      if (momentum != 0) {
        Bounded sum = r.plus(g.get(i), ofDecay.get(i));
        z.set(i, r.timesPlus(descent, sum, r.times(mu, z.get(i))));
        w = r.timesPlus(mu, z.get(i), w);
      }
      run.w.set(i, w);
    }
  }

  /** The step in the dual, of sums over all tensors at once or tensor by tensor. */
  private static Bounded gamma(BoundedRun run, List<Bounded> ofDecay) {
    Rounding r = run.rounding;
    Bounded eta = run.number(run.rate);
    Bounded loss = run.number(run.loss);
    List<Bounded> g = run.gradient;
    Bounded atOnce = r.timesPlus(eta.negated(), InnerProducts.of(g, ofDecay, r), loss);
    Bounded squares = r.times(eta, InnerProducts.of(g, g, r));
    Bounded oneByOne = loss;
    Bounded squaresByOne = Bounded.of(0.0);
    List<List<Bounded>> gradients = run.byTensor(g);
    List<List<Bounded>> decays = run.byTensor(ofDecay);
    for (int t = 0; t < gradients.size(); t++) {
      Bounded along = InnerProducts.of(gradients.get(t), decays.get(t), r);
      oneByOne = r.timesPlus(eta.negated(), along, oneByOne);
      Bounded square = Norms.sumOfSquares(List.of(gradients.get(t)), r);
      squaresByOne = r.timesPlus(eta, square, squaresByOne);
    }
    Bounded denominator =
        r.plus(
            Functions.larger(squares.or(squaresByOne), Bounded.of(0.0)),
            run.number(run.settings.get(2)));
    return Functions.clamped(r.over(atOnce.or(oneByOne), denominator), 0, 1);
  }
}
