package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Random problems that meet a theorem's hypotheses, each made up from a seed.
 *
 * <p>Their numbers are about 1, so that nothing overflows or underflows: theorems are about real
 * numbers.
 */
final class Problems {
  /** The cap that lets plain descent on the counterexample converge from everywhere. */
  static final double CONVERGENT_CAP = 0.0196;

  private Problems() {}

  /** Any loss, with or without cap and ball. */
  static Problem<Loss> any(long seed) {
    Draw draw = new Draw(seed);
    Setting setting = draw.setting(draw.eps(), 1.0, 0.1, 1e-3, 0.3);
    if (draw.once(5)) {
      setting = setting.withRadius(draw.number(0.5, 4));
    }
    return problem("P0", seed, draw, setting, () -> anyLoss(draw));
  }

  /** Any loss, without cap and ball. */
  static Problem<Loss> unclipped(long seed) {
    Draw draw = new Draw(seed);
    return problem("P7", seed, draw, draw.setting(draw.eps()), () -> anyLoss(draw));
  }

  private static Problem<Loss> problem(
      String theorem, long seed, Draw draw, Setting setting, Supplier<Loss> loss) {
    Tensor start = draw.parameters(-3, 3);
    return new Problem<>(
        id(theorem, seed), setting, List.of(loss.get()), start, Tensor.zeros(start.shape()));
  }

  private static Loss anyLoss(Draw draw) {
    return draw.once(4)
        ? new Wave(draw.number(0.5, 2), draw.number(0, 3), draw.vector(-3, 3))
        : convexLoss(draw);
  }

  private static Loss convexLoss(Draw draw) {
    Tensor center = draw.vector(-2, 2);
    double offset = draw.number(-1, 1);
    return switch (draw.integer(0, 5)) {
      case 0 -> new LeastSquares(draw.features(), center, offset);
      case 1 -> new Huber(draw.features(), center, offset, draw.number(0.1, 2));
      case 2 -> new Logistic(draw.features());
      case 3 -> quadratic(draw, center);
      default -> new Hinge(draw.features());
    };
  }

  private static Quadratic quadratic(Draw draw, Tensor center) {
    double kappa = draw.once(3) ? 0 : draw.number(0.1, 4);
    return new Quadratic(draw.number(0.1, 4), kappa, draw.features(), center);
  }

  /** A convex loss and any point of the ball. */
  static Problem<Loss> convex(long seed) {
    Draw draw = new Draw(seed);
    Setting setting = draw.setting(draw.of(1e-30, 1e-5, 1.0), 1.0, 0.1);
    Tensor start = draw.parameters(-3, 3);
    Tensor point = draw.vector(-3, 3);
    if (draw.once(2)) {
      setting = setting.withRadius(draw.number(0.3, 4));
      point = inside(point, setting.radius().getAsDouble(), draw.number(0, 1));
    }
    return new Problem<>(id("P1", seed), setting, List.of(convexLoss(draw)), start, point);
  }

  /** A point at the border of the ball or within. */
  private static Tensor inside(Tensor point, double radius, double share) {
    double norm = Math.sqrt(Vectors.dot(point, point));
    double scale = radius / norm * Math.max(share, 0.5);
    Tensor scaled = Vectors.scaled(point, scale);
    Real squared = Real.of(radius).squared();
    return Vectors.squaredNorm(scaled).compareTo(squared) <= 0
        ? scaled
        : inside(point, radius, share * 0.999);
  }

  /** Losses that all vanish at the target, in any order. */
  static Problem<Loss> interpolating(long seed) {
    Draw draw = new Draw(seed);
    Tensor target = draw.target();
    int steps = draw.of(1, 1, 1, 2, 5);
    Setting setting = draw.setting(draw.eps(), 1.0, 0.1, 0.3);
    return walk("P2", seed, draw, setting, target, steps, () -> interpolatingLoss(draw, target));
  }

  private static Loss interpolatingLoss(Draw draw, Tensor target) {
    return draw.once(3) ? separated(draw, target) : smoothLoss(draw, target);
  }

  private static Loss.Smooth smoothLoss(Draw draw, Tensor target) {
    return switch (draw.integer(0, 2)) {
      case 0 -> new LeastSquares(draw.features(), target, 0);
      case 1 -> new Huber(draw.features(), target, 0, draw.number(0.1, 2));
      default -> quadratic(draw, target);
    };
  }

  /** A hinge that vanishes at the target, some just there: a·target is 1 or more. */
  private static Hinge separated(Draw draw, Tensor target) {
    Tensor features = draw.features();
    double wanted = draw.once(2) ? 1 : draw.number(1, 2);
    double missing = wanted - Vectors.dot(features, target);
    double share = missing / Vectors.dot(target, target);
    return new Hinge(Vectors.difference(features, Vectors.scaled(target, -share)));
  }

  /** Losses with bounded gradients that vanish at the target. */
  static Problem<Loss.Lipschitz> lipschitz(long seed) {
    Draw draw = new Draw(seed);
    if (draw.once(3)) {
      return orthogonal(seed, draw);
    }
    Tensor target = draw.target();
    Setting setting = draw.setting(draw.eps(), 1.0, 10.0, 0.3);
    Supplier<Loss.Lipschitz> loss =
        () ->
            draw.once(2)
                ? separated(draw, target)
                : new Huber(draw.features(), target, 0, draw.number(0.05, 1));
    return walk("P3", seed, draw, setting, target, draw.of(1, 2, 3, 5), loss);
  }

  /** Hinges with orthogonal features, all as far from zero: they reach the bound of P3. */
  private static Problem<Loss.Lipschitz> orthogonal(long seed, Draw draw) {
    int n = draw.elements();
    double height = draw.number(0.5, 3);
    List<Tensor> features = draw.orthonormal();
    double[] start = new double[n];
    double[] target = new double[n];
    for (Tensor feature : features) {
      for (int i = 0; i < n; i++) {
        start[i] += (1 - height) * feature.get(i);
        target[i] += feature.get(i);
      }
    }
    for (int i = 0; i < n; i++) {
      start[i] = draw.dtype().round(start[i]);
    }
    List<Loss.Lipschitz> losses = new ArrayList<>();
    features.forEach(feature -> losses.add(new Hinge(feature)));
    if (n <= 3 && draw.once(2)) {
      losses.addAll(List.copyOf(losses));
    }
    return new Problem<>(
        id("P3", seed), draw.setting(1e-30), losses, Tensor.vector(start), Tensor.vector(target));
  }

  /** Smooth convex losses that vanish at the target. */
  static Problem<Loss.Smooth> smooth(long seed) {
    Draw draw = new Draw(seed);
    Tensor target = draw.vector(-2, 2);
    int steps = draw.of(1, 1, 1, 2, 5);
    Setting setting = draw.setting(draw.eps(), 10.0, 0.1, 0.3);
    return walk("P4", seed, draw, setting, target, steps, () -> smoothLoss(draw, target));
  }

  /** Strongly convex losses with a common minimizer, and eps = 0. */
  static Problem<Loss.StronglyConvex> stronglyConvex(long seed) {
    Draw draw = new Draw(seed);
    Tensor target = draw.vector(-2, 2);
    Setting setting = draw.setting(0, 10.0, 0.1, 0.3);
    int steps = draw.of(1, 1, 2);
    return walk("P5", seed, draw, setting, target, steps, () -> quadratic(draw, target));
  }

  /** Waves with a common minimizer, or the counterexample with the cap that makes it converge. */
  static Problem<Loss.RestrictedSecant> restrictedSecant(long seed) {
    Draw draw = new Draw(seed);
    if (draw.once(3)) {
      return counterexample(seed, draw);
    }
    Tensor target = draw.vector(-2, 2);
    Setting setting = draw.setting(draw.eps(), 0.01, 0.1, 0.02);
    Supplier<Loss.RestrictedSecant> loss =
        () -> {
          double bowl = draw.number(0.5, 2);
          // Without waves the inequality is an equation.
          double waves = draw.once(3) ? 0 : bowl * draw.number(0, 4.5);
          return new Wave(bowl, waves, target);
        };
    return walk("P6", seed, draw, setting, target, draw.of(1, 1, 2), loss);
  }

  /** From far away, or from about where it would cycle without the cap. */
  private static Problem<Loss.RestrictedSecant> counterexample(long seed, Draw draw) {
    Setting capped =
        draw.setting(draw.of(0.0, 1e-5)).withLayout(List.of(List.of(1))).withCap(CONVERGENT_CAP);
    double start = draw.of(draw.number(-100, 100), draw.number(1.5, 3), draw.number(-3, 0));
    Tensor origin = Tensor.vector(0);
    return new Problem<>(
        id("P6", seed),
        capped,
        List.of(new Wave(1, 3, origin)),
        Tensor.vector(draw.dtype().round(start)),
        origin);
  }

  private static <L extends Loss> Problem<L> walk(
      String theorem,
      long seed,
      Draw draw,
      Setting setting,
      Tensor target,
      int steps,
      Supplier<L> loss) {
    List<L> losses = new ArrayList<>();
    // Some samples are drawn twice, others not at all.
    List<L> samples = new ArrayList<>();
    for (int k = 0; k < Math.min(steps, 3); k++) {
      samples.add(loss.get());
    }
    for (int k = 0; k < steps; k++) {
      losses.add(samples.get(draw.integer(0, samples.size() - 1)));
    }
    return new Problem<>(id(theorem, seed), setting, losses, draw.parameters(-3, 3), target);
  }

  private static String id(String theorem, long seed) {
    return "%s seed %d".formatted(theorem, seed);
  }
}
