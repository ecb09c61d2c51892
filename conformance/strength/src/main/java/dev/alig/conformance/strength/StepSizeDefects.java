package dev.alig.conformance.strength;

import static java.lang.Double.isFinite;
import static java.util.Arrays.stream;

import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Defects of the step sizes: the loss, eps, the norm, the caps, and the mean. */
final class StepSizeDefects extends DefectTable<PlainRun> {
  StepSizeDefects() {
    defect("eps-dropped", "the denominator lacks eps").by(a -> a.plusEps = sum -> sum);
    defect("eps-doubled", "eps is added twice")
        .by(a -> a.plusEps = sum -> a.plusEps(a.plusEps(sum)));
    defect("eps-squared", "the square of eps is added")
        .by(a -> a.plusEps = sum -> a.round(sum + a.square(a.eps())));
    defect("eps-per-tensor", "eps is added to the squared norm of each tensor")
        .by(a -> a.square = norm -> a.plusEps(a.square(norm)))
        .by(a -> a.plusEps = sum -> sum);
    defect(
            "eps-inside-root",
            "each norm is the root of its sum of squares plus eps, and eps is added again")
        .by(a -> a.gradientNorm = g -> a.root(a.round(a.norm(g) * a.norm(g) + a.eps())));
    defect("eps-on-quotient", "eps is added to the quotient and not to the denominator")
        .by(a -> a.quotient = (loss, sum) -> a.plusEps(a.quotient(loss, sum)))
        .by(a -> a.plusEps = sum -> sum);
    defect("eps-as-floor", "the denominator is the larger of sum and eps")
        .by(a -> a.plusEps = sum -> Math.max(sum, a.round(a.eps())));
    defect(
            "eps-missing-without-gradient",
            "without any gradient the step size is 0 and not loss / eps")
        .by(a -> a.withoutGradient = step -> 0);
    defect("loss-doubled", "the loss counts twice")
        .by(a -> a.loss = step -> a.round(2 * a.loss(step)));
    defect("loss-dropped", "the step size is one over the denominator").by(a -> a.loss = step -> 1);
    defect("loss-squared", "the loss is squared").by(a -> a.loss = step -> a.square(a.loss(step)));
    defect("loss-without-sign", "a negative loss counts as its absolute value")
        .by(a -> a.loss = step -> Math.abs(a.loss(step)));
    defect("loss-unrounded", "the loss stays a double in a float problem")
        .by(a -> a.loss = step -> step.loss());
    defect("quotient-upside-down", "the denominator is divided by the loss")
        .by(a -> a.quotient = (loss, sum) -> a.quotient(sum, loss));
    defect("quotient-a-product", "loss and denominator are multiplied")
        .by(a -> a.quotient = (loss, sum) -> a.round(loss * sum));
    defect("quotient-16-ulp-high", "the step size is 16 ulp too large")
        .by(a -> a.quotient = (loss, sum) -> a.up(a.quotient(loss, sum), 16));
    defect("half-a-step", "the step size is halved, as for a gradient of half the squared norm")
        .by(a -> a.quotient = (loss, sum) -> a.quotient(loss, a.round(2 * sum)));

    // The norm.
    defect("norm-not-squared", "norms are summed and not their squares")
        .by(a -> a.square = norm -> norm);
    defect(
            "norm-squared-again",
            "a norm lacks its root, so that the fourth power of the norm is summed")
        .by(a -> a.gradientNorm = g -> a.square(a.norm(g)));
    defect("norm-l1", "the norm is the sum of absolute values")
        .by(a -> a.gradientNorm = g -> a.round(absolute(g).sum()));
    defect("norm-max", "the norm is the largest absolute value")
        .by(a -> a.gradientNorm = g -> absolute(g).max().orElse(0));
    defect("norm-mean", "the norm is the root of the mean of squares")
        .by(a -> a.gradientNorm = g -> a.round(a.norm(g) / Math.sqrt(Math.max(1, g.length))));
    defect("norm-of-sum", "elements are added before they are squared")
        .by(a -> a.gradientNorm = g -> a.round(stream(g).sum()));
    defect("sum-squared", "the norms of the tensors are added before they are squared")
        .by(a -> a.squaredNorm = all -> a.square(a.round(all.stream().mapToDouble(a::norm).sum())));
    defect(
            "norm-safe",
            "the sum is kept in double, so that it never overflows or underflows a float")
        .by(a -> a.squaredNorm = all -> all.stream().mapToDouble(StepSizeDefects::squares).sum())
        .by(a -> a.plusEps = sum -> sum + a.eps());
    defect("norm-misses-first", "the norm leaves out the first element of a longer tensor")
        .by(a -> a.gradientNorm = g -> a.norm(stream(g).skip(g.length < 2 ? 0 : 1)));
    defect("norm-misses-last", "the norm leaves out the last element of a longer tensor")
        .by(a -> a.gradientNorm = g -> a.norm(stream(g).limit(Math.max(1, g.length - 1))));
    defect("norm-misses-tail", "the norm leaves out what exceeds the last full block of 8")
        .by(a -> a.gradientNorm = g -> a.norm(stream(g).limit(fullBlocks(g, 8))));
    defect("norm-misses-tail-of-128", "the norm leaves out what exceeds the last full block of 128")
        .by(a -> a.gradientNorm = g -> a.norm(stream(g).limit(fullBlocks(g, 128))));
    defect("norm-reads-beyond", "the norm counts the last element twice")
        .by(
            a ->
                a.gradientNorm =
                    g ->
                        a.norm(
                            DoubleStream.concat(
                                stream(g), stream(g).skip(Math.max(0, g.length - 1)))));
    defect("norm-of-first-group", "the norm runs over the first group alone")
        .by(a -> a.gradients = step -> a.gradients(step, slot -> slot.group == 0));
    defect("norm-without-scalars", "the norm leaves out tensors of no dimension")
        .by(a -> a.gradients = step -> a.gradients(step, slot -> !slot.shape.isEmpty()));
    defect("norm-without-last-tensor", "the norm leaves out the last of several gradients")
        .by(
            a ->
                a.gradients =
                    step -> {
                      List<double[]> all = a.gradients(step);
                      return all.size() < 2 ? all : all.subList(0, all.size() - 1);
                    });
    defect("norm-of-largest-tensor", "the norm is that of the tensor with the largest one")
        .by(
            a ->
                a.squaredNorm =
                    all -> all.stream().mapToDouble(g -> a.square(a.norm(g))).reduce(0, Math::max));

    // The caps.
    defect("cap-ignored", "there is no cap").by(a -> a.capped = (g, size) -> size);
    defect("cap-as-floor", "the larger of step size and cap is taken where there is a cap")
        .by(a -> a.capped = (g, size) -> isFinite(a.cap(g)) && a.cap(g) > size ? a.cap(g) : size);
    defect("cap-always", "the cap is the step size wherever there is one")
        .by(a -> a.capped = (g, size) -> isFinite(a.cap(g)) ? a.cap(g) : size);
    defect("cap-one-ulp-high", "a step size that hits the cap is one ulp above it")
        .by(a -> a.cap = g -> Math.nextUp(a.cap(g)));
    defect("cap-rounded", "the cap is rounded to the dtype")
        .by(a -> a.cap = g -> a.round(a.cap(g)));
    defect(
            "cap-swallows-nan",
            "the minimum's comparison is turned round, so that a NaN becomes the cap")
        .by(a -> a.capped = (g, size) -> size < a.cap(g) ? size : a.cap(g));
    defect("cap-two-sided", "a step size is also kept above minus the cap")
        .by(a -> a.capped = (g, size) -> Math.max(a.capped(g, size), -a.cap(g)));
    defect("clip-at-zero", "a negative step size becomes 0")
        .by(a -> a.capped = (g, size) -> a.capped(g, size) < 0 ? 0 : a.capped(g, size));
    defect("cap-on-loss", "the first group's cap limits the loss, before the division")
        .by(a -> a.loss = step -> Math.min(a.loss(step), a.round(a.cap(0))))
        .by(a -> a.capped = (g, size) -> size);
    defect("cap-on-unclipped", "the unclipped step size is reported with the first group's cap")
        .by(a -> a.takeStep = (step, u, sizes) -> a.takeStep(step, sizes, a.capped(0, u), sizes));
    defect("cap-reported-only", "the capped step size is reported, the unclipped one taken")
        .by(a -> a.takeStep = (step, u, sizes) -> a.takeStep(step, a.same(u), u, sizes));
    defect(
            "cap-taken-only",
            "the unclipped step size is reported for each group, the capped one taken")
        .by(a -> a.takeStep = (step, u, sizes) -> a.takeStep(step, sizes, u, a.same(u)));
    defect("cap-of-first-group", "every group has the first one's cap")
        .by(a -> a.cap = g -> a.cap(0));
    defect("caps-reversed", "the groups' caps are in reverse order")
        .by(a -> a.cap = g -> a.cap(a.groups() - 1 - g));
    defect("step-of-first-group", "every group takes the first one's step")
        .by(a -> a.taken = sizes -> a.same(sizes.get(0)));
    defect("smallest-cap-for-all", "every group has the smallest of the caps")
        .by(
            a ->
                a.cap =
                    g -> IntStream.range(0, a.groups()).mapToDouble(a::cap).min().orElseThrow());

    // The mean.
    defect("mean-is-sum", "the mean step size is the sum")
        .by(a -> a.mean = (sizes, unclipped) -> sizes.stream().mapToDouble(size -> size).sum());
    defect("mean-the-first", "the mean step size is the first group's")
        .by(a -> a.mean = (sizes, unclipped) -> sizes.get(0));
    defect("mean-the-largest", "the mean step size is the largest")
        .by(a -> a.mean = (sizes, unclipped) -> Collections.max(sizes));
    defect("mean-unclipped", "the mean step size is the unclipped one")
        .by(a -> a.mean = (sizes, unclipped) -> unclipped);
    defect("mean-by-parameters", "the mean weighs each group with the number of its parameters")
        .by(
            a ->
                a.mean =
                    (sizes, unclipped) ->
                        a.slots.stream()
                            .mapToDouble(slot -> sizes.get(slot.group))
                            .average()
                            .orElseThrow());
  }

  private static DoubleStream absolute(double[] g) {
    return stream(g).map(Math::abs);
  }

  private static double squares(double[] g) {
    return stream(g).map(x -> x * x).sum();
  }

  /** The number of elements in full blocks; all elements if there is no full block. */
  private static int fullBlocks(double[] g, int size) {
    return g.length < size ? g.length : g.length / size * size;
  }
}
