package dev.alig.conformance.bounds;

import dev.alig.conformance.Arithmetic;
import dev.alig.conformance.DType;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.bounds.Enclosure.TensorUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encloses the update of one group's elements.
 *
 * <p>With the gradient g, the step size γ and the momentum μ, and a buffer v where μ is not 0:
 *
 * <ul>
 *   <li>no momentum: p - γg;
 *   <li>standard: v ← μv - γg, then (p - γg) + μv;
 *   <li>adjusted: v ← μv - g, then (p - γg) + (γμ)v; {@link Arithmetic#TENSORFLOW} takes p - (γg -
 *       γμv), with γμv as (γμ)v or γ(μv).
 * </ul>
 */
final class ElementUpdate {
  private final Rounding rounding;
  private final Arithmetic arithmetic;
  private final Bounded descent;
  private final Bounded momentum;
  private final Bounded push;
  private final boolean hasMomentum;
  private final boolean adjusted;

  ElementUpdate(
      Rounding rounding, Arithmetic arithmetic, Bounded stepSize, double mu, boolean adjusted) {
    this.rounding = rounding;
    this.arithmetic = arithmetic;
    this.descent = rounding.cast(stepSize).negated();
    this.momentum = rounding.given(mu);
    this.hasMomentum = mu != 0;
    this.adjusted = adjusted;
    // A product of Python floats, converted afterwards.
    this.push = rounding.cast(new Rounding(DType.DOUBLE, false).times(stepSize, Bounded.of(mu)));
  }

  TensorUpdate tensor(List<Bounded> p, Optional<List<Bounded>> v, Tensor gradient) {
    List<Bounded> moved = new ArrayList<>(p.size());
    List<Bounded> buffer = new ArrayList<>(p.size());
    for (int e = 0; e < p.size(); e++) {
      Bounded g = operand(gradient.get(e));
      if (hasMomentum) {
        Bounded next = buffer(v.orElseThrow().get(e), g);
        buffer.add(next);
        moved.add(parameter(p.get(e), g, next));
      } else {
        moved.add(rounding.timesPlus(g, descent, p.get(e)));
      }
    }
    return new TensorUpdate(moved, hasMomentum ? Optional.of(buffer) : v);
  }

  private Bounded operand(double gradient) {
    return rounding.given(gradient);
  }

  private Bounded buffer(Bounded v, Bounded g) {
    if (adjusted) {
      return rounding.timesPlus(momentum, v, g.negated());
    }
    return rounding.timesPlus(g, descent, rounding.times(momentum, v));
  }

  private Bounded parameter(Bounded p, Bounded g, Bounded next) {
    if (arithmetic == Arithmetic.TENSORFLOW) {
      Bounded momentumFirst = rounding.times(descent.negated(), rounding.times(momentum, next));
      Bounded along = momentumFirst.or(rounding.times(push, next));
      return rounding.plus(p, rounding.timesPlus(g, descent, along));
    }
    Bounded plain = rounding.timesPlus(g, descent, p);
    return adjusted
        ? rounding.timesPlus(next, push, plain)
        : rounding.timesPlus(next, momentum, plain);
  }
}
