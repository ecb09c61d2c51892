package dev.alig.conformance.strength;

import dev.alig.conformance.model.DType;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Defects of special values, and of numbers that are rounded too often, too early or to a float.
 */
final class PrecisionDefects extends DefectTable<PlainRun> {
  PrecisionDefects() {
    // NaN and infinity.
    defect("nan-loss-as-zero", "a loss that is NaN counts as 0")
        .by(a -> a.loss = step -> Double.isNaN(step.loss()) ? 0 : a.loss(step))
        .by(a -> a.withoutGradient = step -> a.loss.applyAsDouble(step) / a.eps());
    defect("infinite-loss-clipped", "an infinite loss counts as the largest number")
        .by(a -> a.loss = step -> clipped(a, a.loss(step)));
    defect("nan-loss-skips-step", "a step whose loss is NaN changes nothing")
        .by(a -> a.moves = step -> !Double.isNaN(step.loss()));
    defect("zero-loss-skips-step", "a step whose loss is 0 changes nothing, not even buffers")
        .by(a -> a.moves = step -> step.loss() != 0);
    defect("infinite-step-as-zero", "an infinite step size counts as 0")
        .by(
            a ->
                a.quotient =
                    (loss, sum) ->
                        Double.isInfinite(a.quotient(loss, sum)) ? 0 : a.quotient(loss, sum));
    defect("nan-gradient-as-zero", "NaN elements of a gradient count as 0")
        .by(a -> changeGradients(a, x -> Double.isNaN(x) ? 0 : x));
    defect("nan-gradient-not-in-norm", "NaN elements of a gradient are left out of the norm")
        .by(a -> a.gradientNorm = g -> a.norm(Arrays.stream(g).filter(x -> !Double.isNaN(x))));
    defect("nan-gradient-keeps-element", "an element whose gradient is NaN stays")
        .by(a -> a.movesElement = (e, g) -> !Double.isNaN(g[e]));
    defect(
            "infinite-gradient-clipped",
            "infinite elements of a gradient count as the largest number")
        .by(a -> changeGradients(a, x -> clipped(a, x)));
    defect(
            "non-finite-norm-skips-step",
            "a step whose norm is not finite changes nothing, as with loss scaling")
        .by(a -> a.moves = step -> Double.isFinite(a.squaredNorm(a.gradients(step))));
    defect("norm-saturates", "a squared norm that overflows is the largest number")
        .by(a -> a.square = norm -> clipped(a, a.square(norm)))
        .by(a -> a.plusEps = sum -> a.plusEps(clipped(a, sum)));

    // Zeros and denormals.
    defect("minus-zero-step-lost", "a step size of -0 becomes 0")
        .by(a -> a.quotient = (loss, sum) -> a.quotient(loss, sum) + 0.0);
    defect("minus-zero-parameter-lost", "a parameter of -0 becomes 0")
        .by(a -> a.descend = (p, g, c) -> a.descend(p, g, c) + 0.0);
    defect("minus-zero-buffer-lost", "a buffer of -0 becomes 0")
        .by(a -> a.buffered = (v, g, c) -> a.buffered(v, g, c) + 0.0);
    defect("zero-gradient-skipped", "an element whose gradient is 0 stays, and so does its buffer")
        .by(a -> a.movesElement = (e, g) -> g[e] != 0);
    defect("denormal-gradient-flushed", "denormal elements of a gradient count as 0")
        .by(a -> changeGradients(a, x -> flushed(a, x)));
    defect("denormal-parameter-flushed", "parameters that come out denormal become 0")
        .by(a -> a.descend = (p, g, c) -> flushed(a, a.descend(p, g, c)));
    defect("denormal-buffer-flushed", "a buffer that decays to a denormal becomes 0")
        .by(a -> a.decayed = (v, g, c) -> flushed(a, a.decayed(v, g, c)));
    defect("denormal-loss-flushed", "a denormal loss counts as 0")
        .by(a -> a.loss = step -> flushed(a, a.loss(step)));

    // A float in a double problem.
    defect("norm-as-float", "norms are rounded to float")
        .by(a -> a.gradientNorm = g -> (float) a.norm(g));
    defect("sum-as-float", "the sum of squared norms is rounded to float")
        .by(a -> a.squaredNorm = all -> (float) a.squaredNorm(all));
    defect("eps-as-float", "eps is rounded to float")
        .by(a -> a.plusEps = sum -> a.round(sum + (float) a.eps()));
    defect("loss-as-float", "the loss is rounded to float")
        .by(a -> a.loss = step -> (float) step.loss());
    defect("step-size-as-float", "the step size is rounded to float for the update")
        .by(a -> a.coefficients = (size, mu) -> a.coefficients(size.floatValue(), mu));
    defect("quotient-as-float", "the unclipped step size is a float")
        .by(a -> a.quotient = (loss, sum) -> (float) a.quotient(loss, sum));
    defect("cap-as-float", "the cap is a float").by(a -> a.cap = g -> (float) a.cap(g));
    defect("momentum-as-float", "the momentum is a float")
        .by(a -> a.momentum = slot -> (float) slot.momentum);
    defect("buffer-as-float", "buffers are floats")
        .by(a -> a.decayed = (v, g, c) -> a.decayed((float) v, g, c));
    defect("gradient-as-float", "gradients are rounded to float for the update")
        .by(a -> a.descend = (p, g, c) -> a.descend(p, (float) g, c));
    defect("radius-as-float", "the radius is a float")
        .by(a -> a.radius = DType.FLOAT.round(a.radius));
    defect("parameter-norm-as-float", "the norm of the parameters is rounded to float")
        .by(a -> a.parameterNorm = slots -> (float) a.parameterNorm(slots));
    defect("norm-in-bfloat16", "gradients count for the norm with 8 significant bits")
        .by(a -> a.gradientNorm = g -> a.norm(Arrays.stream(g).map(PrecisionDefects::bfloat16)));

    // Roundings.
    defect("descent-not-fused", "step size times gradient is rounded before the subtraction")
        .by(a -> a.descend = (p, g, c) -> a.round(p - a.round(c.gamma() * g)));
    defect("buffer-not-fused", "step size times gradient is rounded before the buffer takes it in")
        .by(a -> a.standardBuffer = (v, g, c) -> a.round(v - a.round(c.gamma() * g)));
    defect("standard-move-not-fused", "momentum times buffer is rounded before the addition")
        .by(a -> a.standardMove = (p, v, c) -> a.round(p + a.round(c.mu() * v)));
    defect(
            "adjusted-move-not-fused",
            "step size times momentum times buffer is rounded before the addition")
        .by(a -> a.adjustedMove = (p, v, c) -> a.round(p + a.round(c.gammaMu() * v)));
    defect("decay-fused", "the decay is not rounded before the buffer takes the gradient in")
        .by(a -> a.decayed = (v, g, c) -> v)
        .by(a -> a.standardBuffer = (v, g, c) -> a.fma(v, c.mu(), a.round(-c.gamma() * g)))
        .by(a -> a.adjustedBuffer = (v, g, c) -> a.fma(v, c.mu(), -g));
    defect(
            "step-times-momentum-in-dtype",
            "step size and momentum are rounded before their product is")
        .by(a -> a.coefficients = (size, mu) -> a.coefficients(a.round(size), a.round(mu)));
    defect("moves-in-one", "gradient and buffer move the parameter in one rounding of their sum")
        .by(
            a ->
                a.moved =
                    (p, old, v, g, c) ->
                        a.round(
                            p
                                + a.round(
                                    (a.isStandard ? c.mu() : c.gammaMu()) * v - c.gamma() * g)));
  }

  private static void changeGradients(PlainRun a, DoubleUnaryOperator change) {
    a.gradient =
        (step, slot) -> a.gradient(step, slot).map(g -> Arrays.stream(g).map(change).toArray());
  }

  /** Limits a value to ± the largest number of the dtype; NaN stays NaN. */
  private static double clipped(PlainRun a, double value) {
    double largest = a.dtype.largest();
    return Math.max(-largest, Math.min(largest, value));
  }

  private static double flushed(PlainRun a, double value) {
    return Math.abs(value) < a.dtype.smallestNormal() ? Math.copySign(0, value) : value;
  }

  private static double bfloat16(double value) {
    return Float.intBitsToFloat(Float.floatToRawIntBits((float) value) & 0xFFFF0000);
  }
}
