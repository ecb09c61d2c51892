package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a correct projection onto the l2 ball may do to given parameters.
 *
 * <p>A projection scales the parameters if their computed norm exceeds the radius. If the bounds of
 * the norm lie on one side of the radius, only that side's branch is legal; if the radius lies
 * between them, both branches are. The factor radius / norm may be a quotient. It may also be the
 * reciprocal of the norm times the radius, because torch divides a Python number by a tensor in
 * this way.
 *
 * @param mayKeep whether leaving the parameters alone is legal
 * @param mayScale whether scaling them is legal
 * @param factor the legal factors, if scaling is legal
 * @param flushes whether denormal elements may count as zero
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Ball(boolean mayKeep, boolean mayScale, Bounded factor, boolean flushes) {
  /** Bounds the projection of the given parameters. */
  static Ball of(List<List<Bounded>> tensors, double radius, Rounding rounding) {
    Bounded norm = Norms.norm(tensors, rounding);
    Bounded narrow = rounding.given(radius);
    boolean mayKeep = norm.nan() || narrow.nan() || norm.low() <= narrow.high();
    boolean mayScale = norm.high() > narrow.low();
    if (!mayScale) {
      return new Ball(mayKeep, false, Bounded.of(1), rounding.flushes());
    }
    double least = Math.max(norm.low(), narrow.low());
    Bounded outside = new Bounded(norm.exact(), least, norm.high(), false);
    Bounded factor =
        rounding
            .over(narrow, outside)
            .or(rounding.times(rounding.over(Bounded.of(1), outside), narrow));
    Bounded legal = factor.withExact(exactFactor(norm, narrow));
    return new Ball(mayKeep, true, legal, rounding.flushes());
  }

  private static Optional<Real> exactFactor(Bounded norm, Bounded radius) {
    return norm.exact()
        .filter(exact -> exact.signum() != 0)
        .flatMap(
            exact ->
                radius
                    .exact()
                    .map(r -> exact.compareTo(r) > 0 ? r.over(exact).shortened() : Real.ONE));
  }

  /** The legal parameters after the projection. */
  List<List<List<Bounded>>> project(List<List<List<Bounded>>> parameters, Rounding rounding) {
    if (!mayScale) {
      return parameters;
    }
    List<List<List<Bounded>>> projected = new ArrayList<>();
    for (List<List<Bounded>> group : parameters) {
      projected.add(
          group.stream()
              .map(tensor -> tensor.stream().map(p -> project(p, rounding)).toList())
              .toList());
    }
    return projected;
  }

  private Bounded project(Bounded parameter, Rounding rounding) {
    Bounded scaled = rounding.times(parameter, factor);
    return mayKeep ? scaled.or(parameter) : scaled;
  }
}
