package dev.alig.conformance.bounds;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.StepCase;
import java.util.Optional;

/**
 * ALI-G's update of one group's elements.
 *
 * <p>With gradient g, step size γ, momentum μ, and a buffer v if μ is not 0:
 *
 * <ul>
 *   <li>no momentum: p - γg;
 *   <li>standard: v ← μv - γg, then (p - γg) + μv;
 *   <li>adjusted: v ← μv - g, then (p - γg) + (γμ)v.
 * </ul>
 *
 * <p>{@link AliG#TENSORFLOW} and {@link AliG#TENSORFLOW_1} compute p - (γg - μv) in the standard
 * form and p - (γg - γμv) in the adjusted form, with γμv as (γμ)v or γ(μv).
 */
final class AliGUpdate implements Algorithm.Update {
  private final Rounding rounding;
  private final Bounded descent;
  private final Bounded momentum;
  private final Bounded push;
  private final boolean adjusted;
  private final boolean sumFirst;

  AliGUpdate(AliG algorithm, StepCase scripted, Group group, Bounded stepSize, Rounding rounding) {
    this.rounding = rounding;
    this.descent = rounding.cast(stepSize).negated();
    this.momentum = rounding.given(group.momentum());
    this.adjusted = scripted.form() == MomentumForm.ADJUSTED;
    this.sumFirst = algorithm.flushes();
    // A product of Python floats, converted afterwards.
    Bounded product =
        new Rounding(DType.DOUBLE, false).times(stepSize, Bounded.of(group.momentum()));
    this.push = rounding.cast(product);
  }

  @Override
  public Algorithm.Element next(Bounded parameter, Optional<Bounded> buffer, Bounded gradient) {
    Optional<Bounded> next = buffer.map(v -> buffer(v, gradient));
    Bounded moved =
        next.map(v -> parameter(parameter, gradient, v))
            .orElseGet(() -> rounding.timesPlus(gradient, descent, parameter));
    return new Algorithm.Element(moved, next);
  }

  private Bounded buffer(Bounded v, Bounded g) {
    if (adjusted) {
      return rounding.timesPlus(momentum, v, g.negated());
    }
    return rounding.timesPlus(g, descent, rounding.times(momentum, v));
  }

  private Bounded parameter(Bounded p, Bounded g, Bounded next) {
    if (sumFirst) {
      return rounding.plus(p, rounding.timesPlus(g, descent, along(next)));
    }
    Bounded plain = rounding.timesPlus(g, descent, p);
    return adjusted
        ? rounding.timesPlus(next, push, plain)
        : rounding.timesPlus(next, momentum, plain);
  }

  /** What momentum adds to a step. */
  private Bounded along(Bounded next) {
    if (!adjusted) {
      return rounding.times(momentum, next);
    }
    Bounded momentumFirst = rounding.times(descent.negated(), rounding.times(momentum, next));
    return momentumFirst.or(rounding.times(push, next));
  }
}
