package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Defects that swallow NaN, infinity, denormals, or the sign of a zero. */
final class SpecialValueDefects {
  private SpecialValueDefects() {}

  static List<Defect> all() {
    return Stream.of(losses(), gradients(), zerosAndDenormals()).flatMap(List::stream).toList();
  }

  private static List<Defect> losses() {
    return List.of(
        Defect.of(
            "nan-loss-as-zero",
            "a loss that is NaN counts as 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return Double.isNaN(step.loss()) ? 0 : super.loss(step);
                  }

                  @Override
                  double withoutGradient(Step step) {
                    return loss(step) / c.eps();
                  }
                }),
        Defect.of(
            "infinite-loss-clipped",
            "an infinite loss counts as the largest number",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return clipped(super.loss(step), dtype.largest());
                  }
                }),
        Defect.of(
            "nan-loss-skips-step",
            "a step whose loss is NaN changes nothing",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    if (!Double.isNaN(step.loss())) {
                      super.update(step, stepSizes);
                    }
                  }
                }),
        Defect.of(
            "zero-loss-skips-step",
            "a step whose loss is 0 changes nothing, not even buffers",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    if (step.loss() != 0) {
                      super.update(step, stepSizes);
                    }
                  }
                }),
        Defect.of(
            "infinite-step-as-zero",
            "an infinite step size counts as 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    double size = super.quotient(loss, denominator);
                    return Double.isInfinite(size) ? 0 : size;
                  }
                }));
  }

  private static List<Defect> gradients() {
    return List.of(
        Defect.of(
            "nan-gradient-as-zero",
            "NaN elements of a gradient count as 0",
            c ->
                new PlainRun(c) {
                  @Override
                  Optional<double[]> gradient(Step step, Slot slot) {
                    return mapped(super.gradient(step, slot), x -> Double.isNaN(x) ? 0 : x);
                  }
                }),
        Defect.of(
            "nan-gradient-not-in-norm",
            "NaN elements of a gradient are left out of the norm",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    return norm(Arrays.stream(gradient).filter(x -> !Double.isNaN(x)).toArray());
                  }
                }),
        Defect.of(
            "nan-gradient-keeps-element",
            "an element whose gradient is NaN stays",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    if (!Double.isNaN(gradient)) {
                      super.update(slot, e, gradient, k);
                    }
                  }
                }),
        Defect.of(
            "infinite-gradient-clipped",
            "infinite elements of a gradient count as the largest number",
            c ->
                new PlainRun(c) {
                  @Override
                  Optional<double[]> gradient(Step step, Slot slot) {
                    return mapped(super.gradient(step, slot), x -> clipped(x, dtype.largest()));
                  }
                }),
        Defect.of(
            "non-finite-norm-skips-step",
            "a step whose norm is not finite changes nothing, as with loss scaling",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    if (Double.isFinite(squaredNorm(gradients(step)))) {
                      super.update(step, stepSizes);
                    }
                  }
                }),
        Defect.of(
            "norm-saturates",
            "a squared norm that overflows is the largest number",
            c ->
                new PlainRun(c) {
                  @Override
                  double square(double norm) {
                    return clipped(super.square(norm), dtype.largest());
                  }

                  @Override
                  double plusEps(double sum) {
                    return super.plusEps(clipped(sum, dtype.largest()));
                  }
                }));
  }

  private static List<Defect> zerosAndDenormals() {
    return List.of(
        Defect.of(
            "minus-zero-step-lost",
            "a step size of -0 becomes 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    return super.quotient(loss, denominator) + 0.0;
                  }
                }),
        Defect.of(
            "minus-zero-parameter-lost",
            "a parameter of -0 becomes 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return super.descend(p, gradient, k) + 0.0;
                  }
                }),
        Defect.of(
            "minus-zero-buffer-lost",
            "a buffer of -0 becomes 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double standardBuffer(double decayed, double gradient, Coefficients k) {
                    return super.standardBuffer(decayed, gradient, k) + 0.0;
                  }

                  @Override
                  double adjustedBuffer(double decayed, double gradient, Coefficients k) {
                    return super.adjustedBuffer(decayed, gradient, k) + 0.0;
                  }
                }),
        Defect.of(
            "zero-gradient-skipped",
            "an element whose gradient is 0 stays, and so does its buffer",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    if (gradient != 0) {
                      super.update(slot, e, gradient, k);
                    }
                  }
                }),
        Defect.of(
            "denormal-gradient-flushed",
            "denormal elements of a gradient count as 0",
            c ->
                new PlainRun(c) {
                  @Override
                  Optional<double[]> gradient(Step step, Slot slot) {
                    return mapped(
                        super.gradient(step, slot), x -> flushed(x, dtype.smallestNormal()));
                  }
                }),
        Defect.of(
            "denormal-parameter-flushed",
            "parameters that come out denormal become 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return flushed(super.descend(p, gradient, k), dtype.smallestNormal());
                  }
                }),
        Defect.of(
            "denormal-buffer-flushed",
            "a buffer that decays to a denormal becomes 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double decayed(double v, Coefficients k) {
                    return flushed(super.decayed(v, k), dtype.smallestNormal());
                  }
                }),
        Defect.of(
            "denormal-loss-flushed",
            "a denormal loss counts as 0",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return flushed(super.loss(step), dtype.smallestNormal());
                  }
                }));
  }

  private static Optional<double[]> mapped(Optional<double[]> array, DoubleUnaryOperator change) {
    return array.map(values -> Arrays.stream(values).map(change).toArray());
  }

  /** NaN stays. */
  private static double clipped(double value, double largest) {
    return Math.max(-largest, Math.min(largest, value));
  }

  private static double flushed(double value, double smallestNormal) {
    return Math.abs(value) < smallestNormal ? Math.copySign(0, value) : value;
  }
}
