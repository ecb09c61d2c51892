package dev.alig.conformance.strength;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Defects of the projection onto the ball. */
final class ProjectionDefects extends DefectTable<PlainRun> {
  ProjectionDefects() {
    defect("projection-skipped", "steps are not projected")
        .by(a -> a.project = () -> {})
        .by(a -> a.projectAtConstruction = a::project);
    defect("projection-skipped-at-construction", "the initial parameters are not projected")
        .by(a -> a.projectAtConstruction = () -> {});
    defect("projection-before-update", "the projection comes before the update")
        .by(
            a ->
                a.takeStep =
                    (step, size, sizes) -> {
                      a.project();
                      a.update(step, sizes);
                      a.report(size, sizes);
                    });
    defect("projection-twice", "the projection runs twice")
        .by(
            a ->
                a.project =
                    () -> {
                      a.project();
                      a.project();
                    });
    defect("projection-every-other-step", "every other step is not projected")
        .by(
            a ->
                a.project =
                    () -> {
                      if (a.stepsTaken() % 2 == 0) {
                        a.project();
                      }
                    });
    defect("projection-scales-buffers", "the projection scales the buffers as well")
        .by(
            a ->
                a.afterScaling = (slot, by) -> Arrays.setAll(slot.v, e -> a.round(slot.v[e] * by)));
    defect("projection-clears-buffers", "the projection clears the buffers")
        .by(a -> a.afterScaling = (slot, by) -> Arrays.fill(slot.v, 0));

    // Which parameters the projection scales, and their norm.
    defect("projection-per-tensor", "each tensor is projected by itself")
        .by(a -> a.project = () -> a.slots.forEach(slot -> a.project(List.of(slot))));
    defect("projection-per-group", "each group is projected by itself")
        .by(
            a ->
                a.project =
                    () -> IntStream.range(0, a.groups()).forEach(g -> a.project(a.slotsOf(g))));
    defect("projection-of-first-group", "the first group alone is projected")
        .by(a -> a.project = () -> a.project(a.slotsOf(0)));
    defect(
            "projection-misses-last-tensor",
            "the last of several tensors counts for the norm and is not scaled")
        .by(a -> a.scaled = slots -> slots.subList(0, Math.max(1, slots.size() - 1)));
    defect("projection-on-box", "the projection takes the largest absolute value for the norm")
        .by(
            a ->
                a.parameterNorm =
                    slots ->
                        slots.stream()
                            .flatMapToDouble(slot -> Arrays.stream(slot.p))
                            .map(Math::abs)
                            .reduce(0, Math::max));
    defect("projection-without-root", "the squared norm is compared with the radius")
        .by(a -> a.parameterNorm = slots -> a.square(a.parameterNorm(slots)));
    defect("projection-radius-squared", "the ball has the squared radius")
        .by(a -> a.radius = a.square(a.radius));
    defect("projection-of-nan", "a norm that is NaN counts as outside the ball")
        .by(a -> a.outside = norm -> !(norm <= a.radius));

    // The condition and the factor.
    defect("projection-on-sphere", "parameters inside the ball are scaled up to its surface")
        .by(a -> a.outside = norm -> norm > 0);
    defect("projection-lenient", "a norm up to 1 % beyond the radius counts as inside")
        .by(a -> a.outside = norm -> norm > 1.01 * a.radius);
    defect("projection-strict", "a norm from 1 % below the radius on is scaled to it")
        .by(a -> a.outside = norm -> norm > 0.99 * a.radius);
    defect("projection-not-to-zero", "a radius of 0 counts as no ball")
        .by(a -> a.outside = norm -> a.radius > 0 && norm > a.radius);
    defect("projection-not-of-infinity", "an infinite norm counts as inside the ball")
        .by(a -> a.outside = norm -> Double.isFinite(norm) && norm > a.radius);
    defect(
            "projection-eps-in-factor",
            "the factor is radius / (norm + 1e-6), as where gradients are clipped")
        .by(a -> a.factor = norm -> a.factor(a.round(norm + 1e-6)));
    defect("projection-factor-upside-down", "the factor is norm / radius")
        .by(a -> a.factor = norm -> a.round(norm / a.radius));
    defect("projection-factor-unrounded", "a float parameter is multiplied with a double factor")
        .by(a -> a.factor = norm -> a.radius / norm);
    defect("projection-one-ulp-off-in-one", "the first element is one ulp too large once scaled")
        .by(a -> a.afterScaling = (slot, by) -> a.setUp(slot, slot.p.length > 1 ? 0 : 1));
  }
}
