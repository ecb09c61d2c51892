package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.theorems.Problem.Setting;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Random problems that meet a theorem's hypotheses, each drawn from a seed.
 *
 * <p>Their numbers are around 1, so that nothing overflows or underflows: theorems are about real
 * numbers.
 */
final class ProblemGenerator {
  /** With this cap, plain descent on the counterexample converges from every start. */
  static final double CONVERGENT_CAP = 0.0196;

  private ProblemGenerator() {}

  /** Any loss, with or without cap and ball. */
  static Problem any(long seed) {
    RandomChoices draw = new RandomChoices("P0", seed);
    Setting setting = draw.setting(draw.eps(), 1.0, 0.1, 1e-3, 0.3);
    return ofAnyLoss(draw, draw.once(5) ? setting.withRadius(draw.number(0.5, 4)) : setting);
  }

  /** Any loss, without cap and ball. */
  static Problem unclipped(long seed) {
    RandomChoices draw = new RandomChoices("P7", seed);
    return ofAnyLoss(draw, draw.setting(draw.eps()));
  }

  private static Problem ofAnyLoss(RandomChoices draw, Setting setting) {
    Tensor start = draw.parameters(-3, 3);
    Loss loss =
        draw.once(4)
            ? Loss.wave(draw.number(0.5, 2), draw.number(0, 3), draw.vector(-3, 3))
            : convexLoss(draw);
    return new Problem(draw.id, setting, List.of(loss), start, Tensor.zeros(start.shape()));
  }

  private static Loss convexLoss(RandomChoices draw) {
    Tensor center = draw.vector(-2, 2);
    double offset = draw.number(-1, 1);
    return switch (draw.integer(0, 5)) {
      case 0 -> Loss.leastSquares(draw.features(), center, offset);
      case 1 -> Loss.huber(draw.features(), center, offset, draw.number(0.1, 2));
      case 2 -> Loss.logistic(draw.features());
      case 3 -> quadratic(draw, center);
      default -> Loss.hinge(draw.features());
    };
  }

  private static Loss quadratic(RandomChoices draw, Tensor center) {
    double kappa = draw.once(3) ? 0 : draw.number(0.1, 4);
    return Loss.quadratic(draw.number(0.1, 4), kappa, draw.features(), center);
  }

  /** A convex loss and any point of the ball. */
  static Problem convex(long seed) {
    RandomChoices draw = new RandomChoices("P1", seed);
    Setting setting = draw.setting(draw.of(1e-30, 1e-5, 1.0), 1.0, 0.1);
    Tensor start = draw.parameters(-3, 3);
    Tensor point = draw.vector(-3, 3);
    if (draw.once(2)) {
      setting = setting.withRadius(draw.number(0.3, 4));
      point = inside(point, setting.radius().getAsDouble(), draw.number(0, 1));
    }
    return new Problem(draw.id, setting, List.of(convexLoss(draw)), start, point);
  }

  /** A point at the border of the ball or within. */
  private static Tensor inside(Tensor point, double radius, double share) {
    double norm = Math.sqrt(Vectors.dot(point, point));
    Tensor scaled = Vectors.scaled(point, radius / norm * Math.max(share, 0.5));
    Real squared = Real.of(radius).squared();
    return Vectors.squaredNorm(scaled).compareTo(squared) <= 0
        ? scaled
        : inside(point, radius, share * 0.999);
  }

  /** Losses that all vanish at the target, in any order. */
  static Problem interpolating(long seed) {
    RandomChoices draw = new RandomChoices("P2", seed);
    Tensor target = draw.target();
    int steps = draw.of(1, 1, 1, 2, 5);
    Setting setting = draw.setting(draw.eps(), 1.0, 0.1, 0.3);
    return inTurn(
        draw,
        setting,
        target,
        steps,
        () -> draw.once(3) ? separated(draw, target) : smoothLoss(draw, target));
  }

  private static Loss smoothLoss(RandomChoices draw, Tensor target) {
    return switch (draw.integer(0, 2)) {
      case 0 -> Loss.leastSquares(draw.features(), target, 0);
      case 1 -> Loss.huber(draw.features(), target, 0, draw.number(0.1, 2));
      default -> quadratic(draw, target);
    };
  }

  /** A hinge that vanishes at the target, where a·target is 1 or more. */
  private static Loss separated(RandomChoices draw, Tensor target) {
    Tensor features = draw.features();
    double wanted = draw.once(2) ? 1 : draw.number(1, 2);
    double missing = wanted - Vectors.dot(features, target);
    double share = missing / Vectors.dot(target, target);
    return Loss.hinge(Vectors.difference(features, Vectors.scaled(target, -share)));
  }

  /** Losses with bounded gradients that vanish at the target. */
  static Problem lipschitz(long seed) {
    RandomChoices draw = new RandomChoices("P3", seed);
    if (draw.once(3)) {
      return orthogonal(draw);
    }
    Tensor target = draw.target();
    Setting setting = draw.setting(draw.eps(), 1.0, 10.0, 0.3);
    return inTurn(
        draw,
        setting,
        target,
        draw.of(2, 2, 3, 5),
        () ->
            draw.once(2)
                ? separated(draw, target)
                : Loss.huber(draw.features(), target, 0, draw.number(0.05, 1)));
  }

  /** Hinges with orthogonal features, all equally far from zero. They reach the bound of P3. */
  private static Problem orthogonal(RandomChoices draw) {
    double height = draw.number(0.5, 3);
    List<Tensor> features = draw.orthonormal();
    Tensor start = Vectors.of(draw.elements, i -> draw.dtype.round(sum(features, 1 - height, i)));
    List<Loss> losses = features.stream().map(Loss::hinge).toList();
    if (draw.elements <= 3 && draw.once(2)) {
      losses = Stream.concat(losses.stream(), losses.stream()).toList();
    }
    Tensor target = Vectors.of(draw.elements, i -> sum(features, 1, i));
    return new Problem(draw.id, draw.setting(1e-30), losses, start, target);
  }

  private static double sum(List<Tensor> vectors, double factor, int element) {
    return vectors.stream().map(v -> factor * v.get(element)).reduce(0.0, Double::sum);
  }

  /** Smooth convex losses that vanish at the target. */
  static Problem smooth(long seed) {
    RandomChoices draw = new RandomChoices("P4", seed);
    Tensor target = draw.vector(-2, 2);
    int steps = draw.of(1, 1, 1, 2, 5);
    Setting setting = draw.setting(draw.eps(), 10.0, 0.1, 0.3);
    return inTurn(draw, setting, target, steps, () -> smoothLoss(draw, target));
  }

  /** Strongly convex losses with a common minimizer, and eps = 0. */
  static Problem stronglyConvex(long seed) {
    RandomChoices draw = new RandomChoices("P5", seed);
    Tensor target = draw.vector(-2, 2);
    Setting setting = draw.setting(0, 10.0, 0.1, 0.3);
    return inTurn(draw, setting, target, draw.of(1, 1, 2), () -> quadratic(draw, target));
  }

  /** Waves with a common minimizer, or the counterexample with the cap that makes it converge. */
  static Problem restrictedSecant(long seed) {
    RandomChoices draw = new RandomChoices("P6", seed);
    if (draw.once(3)) {
      return counterexample(draw);
    }
    Tensor target = draw.vector(-2, 2);
    Setting setting = draw.setting(draw.eps(), 0.01, 0.1, 0.02);
    return inTurn(draw, setting, target, draw.of(1, 1, 2), () -> wave(draw, target));
  }

  private static Loss wave(RandomChoices draw, Tensor target) {
    double bowl = draw.number(0.5, 2);
    // Without waves the inequality is an equation.
    double waves = draw.once(3) ? 0 : bowl * draw.number(0, 4.5);
    return Loss.wave(bowl, waves, target);
  }

  /** Starts far away, or near the points between which it would cycle without the cap. */
  private static Problem counterexample(RandomChoices draw) {
    Setting capped =
        draw.setting(draw.of(0.0, 1e-5)).withLayout(List.of(List.of(1))).withCap(CONVERGENT_CAP);
    double start = draw.of(draw.number(-100, 100), draw.number(1.5, 3), draw.number(-3, 0));
    Tensor origin = Tensor.vector(0);
    return new Problem(
        draw.id,
        capped,
        List.of(Loss.wave(1, 3, origin)),
        Tensor.vector(draw.dtype.round(start)),
        origin);
  }

  /** Up to three samples, of which some are drawn twice and others not at all. */
  private static Problem inTurn(
      RandomChoices draw, Setting setting, Tensor target, int steps, Supplier<Loss> loss) {
    List<Loss> samples = Stream.generate(loss).limit(Math.min(steps, 3)).toList();
    List<Loss> losses =
        Stream.generate(() -> samples.get(draw.integer(0, samples.size() - 1)))
            .limit(steps)
            .toList();
    return new Problem(draw.id, setting, losses, draw.parameters(-3, 3), target);
  }
}
