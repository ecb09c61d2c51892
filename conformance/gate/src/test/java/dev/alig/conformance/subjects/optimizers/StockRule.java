package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.Rounding;
import java.util.List;

/**
 * What the updaters of ND4J 1.0.0-M2.1 do; settings are those of the table's optimizers, without
 * decay. All is computed in the format of the arrays.
 */
final class StockRule extends Rule {
  private final String kind;

  StockRule(String kind) {
    this.kind = kind;
  }

  @Override
  void take(BoundedRun run) {
    switch (kind) {
      case "sgd" -> descend(run, run.gradient);
      case "nesterov" -> nesterovs(run);
      case "adagrad", "rmsprop" -> scaled(run, kind.equals("rmsprop"));
      default -> adam(run, kind.equals("amsgrad"));
    }
  }

  private static void descend(BoundedRun run, List<Bounded> direction) {
    Rounding r = run.rounding;
    for (int i = 0; i < run.w.size(); i++) {
      Bounded move = r.times(run.number(run.rate), direction.get(i));
      run.w.set(i, r.minus(run.w.get(i), move));
    }
  }

  /** v ← μv - γg, and w ← w - (μ·(old v) - (1 + μ)v). */
  private static void nesterovs(BoundedRun run) {
    Rounding r = run.rounding;
    Bounded mu = run.number(run.settings.get(0));
    Bounded more = r.plus(mu, Bounded.of(1)).negated();
    List<Bounded> v = run.vectors.get(0);
    for (int i = 0; i < v.size(); i++) {
      Bounded before = r.times(mu, v.get(i));
      v.set(i, r.timesPlus(run.number(-run.rate), run.gradient.get(i), before));
      run.w.set(i, r.minus(run.w.get(i), r.timesPlus(more, v.get(i), before)));
    }
  }

  private static void scaled(BoundedRun run, boolean mean) {
    Rounding r = run.rounding;
    List<Bounded> s = run.vectors.get(0);
    for (int i = 0; i < s.size(); i++) {
      Bounded g = run.gradient.get(i);
      s.set(
          i,
          mean
              ? mean(run, s.get(i), r.times(g, g), run.number(run.settings.get(0)))
              : r.timesPlus(g, g, s.get(i)));
      Bounded eps = run.number(run.settings.get(mean ? 1 : 0));
      Bounded denominator = r.plus(Functions.rootOfSquare(s.get(i), r), eps);
      Bounded move = r.over(r.times(run.number(run.rate), g), denominator);
      run.w.set(i, r.minus(run.w.get(i), move));
    }
  }

  /** As {@code alig.th}, not as torch: the correction of s does not reach eps. */
  private static void adam(BoundedRun run, boolean amsgrad) {
    Rounding r = run.rounding;
    Bounded beta1 = run.number(run.settings.get(0));
    Bounded beta2 = run.number(run.settings.get(1));
    Bounded size = size(run, beta1.low(), beta2.low());
    for (int i = 0; i < run.w.size(); i++) {
      Bounded g = run.gradient.get(i);
      Bounded m = mean(run, run.vectors.get(0).get(i), g, beta1);
      Bounded s = mean(run, run.vectors.get(1).get(i), r.times(g, g), beta2);
      run.vectors.get(0).set(i, m);
      run.vectors.get(1).set(i, s);
      if (amsgrad) {
        s = Functions.larger(run.vectors.get(2).get(i), s);
        run.vectors.get(2).set(i, s);
      }
      Bounded denominator = r.plus(Functions.rootOfSquare(s, r), run.number(run.settings.get(2)));
      run.w.set(i, r.minus(run.w.get(i), r.over(r.times(m, size), denominator)));
    }
  }

  /** γ√(1 - β₂ᵗ) / (1 - β₁ᵗ), of powers in the format of the arrays. */
  private static Bounded size(BoundedRun run, double beta1, double beta2) {
    Rounding r = run.rounding;
    Bounded one = Bounded.of(1);
    Bounded left = run.wide.minus(one, Functions.power(beta2, run.t(), r));
    Bounded root = r.root(r.cast(left));
    Bounded unbias = run.wide.minus(one, Functions.power(beta1, run.t(), r));
    return r.cast(run.wide.over(r.times(run.number(run.rate), root), unbias));
  }

  /** beta · mean + (1 - beta) · next; a compiler may fuse either product with the sum. */
  private static Bounded mean(BoundedRun run, Bounded mean, Bounded next, Bounded beta) {
    Rounding r = run.rounding;
    Bounded rest = r.minus(Bounded.of(1), beta);
    return r.timesPlus(beta, mean, r.times(rest, next))
        .or(r.timesPlus(rest, next, r.times(beta, mean)));
  }
}
