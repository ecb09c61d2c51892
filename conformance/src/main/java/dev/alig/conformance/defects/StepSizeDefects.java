package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import java.util.List;

/** Defects of the unclipped step size: the loss, eps, and the quotient. */
final class StepSizeDefects {
  private StepSizeDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "eps-dropped",
            "the denominator lacks eps",
            c ->
                new PlainRun(c) {
                  @Override
                  double plusEps(double sum) {
                    return sum;
                  }
                }),
        Defect.of(
            "eps-doubled",
            "eps is added twice",
            c ->
                new PlainRun(c) {
                  @Override
                  double plusEps(double sum) {
                    return super.plusEps(super.plusEps(sum));
                  }
                }),
        Defect.of(
            "eps-squared",
            "the square of eps is added",
            c ->
                new PlainRun(c) {
                  @Override
                  double plusEps(double sum) {
                    return dtype.round(sum + dtype.round(c.eps() * c.eps()));
                  }
                }),
        Defect.of(
            "eps-per-tensor",
            "eps is added to the squared norm of each tensor",
            c ->
                new PlainRun(c) {
                  @Override
                  double square(double norm) {
                    return super.plusEps(super.square(norm));
                  }

                  @Override
                  double plusEps(double sum) {
                    return sum;
                  }
                }),
        Defect.of(
            "eps-inside-root",
            "each norm is the root of its sum of squares plus eps, and eps is added again",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    double norm = norm(gradient);
                    return dtype.round(Math.sqrt(dtype.round(norm * norm + c.eps())));
                  }
                }),
        Defect.of(
            "eps-on-quotient",
            "eps is added to the quotient and not to the denominator",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    return dtype.round(super.quotient(loss, denominator) + dtype.round(c.eps()));
                  }

                  @Override
                  double plusEps(double sum) {
                    return sum;
                  }
                }),
        Defect.of(
            "eps-as-floor",
            "the denominator is the larger of sum and eps",
            c ->
                new PlainRun(c) {
                  @Override
                  double plusEps(double sum) {
                    return Math.max(sum, dtype.round(c.eps()));
                  }
                }),
        Defect.of(
            "eps-missing-without-gradient",
            "without any gradient the step size is 0 and not loss / eps",
            c ->
                new PlainRun(c) {
                  @Override
                  double withoutGradient(Step step) {
                    return 0;
                  }
                }),
        Defect.of(
            "loss-doubled",
            "the loss counts twice",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return dtype.round(2 * super.loss(step));
                  }
                }),
        Defect.of(
            "loss-dropped",
            "the step size is one over the denominator",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return 1;
                  }
                }),
        Defect.of(
            "loss-squared",
            "the loss is squared",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return dtype.round(super.loss(step) * super.loss(step));
                  }
                }),
        Defect.of(
            "loss-without-sign",
            "a negative loss counts as its absolute value",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return Math.abs(super.loss(step));
                  }
                }),
        Defect.of(
            "loss-unrounded",
            "the loss stays a double in a float problem",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return step.loss();
                  }
                }),
        Defect.of(
            "quotient-upside-down",
            "the denominator is divided by the loss",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    return super.quotient(denominator, loss);
                  }
                }),
        Defect.of(
            "quotient-a-product",
            "loss and denominator are multiplied",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    return dtype.round(loss * denominator);
                  }
                }),
        Defect.of(
            "quotient-16-ulp-high",
            "the step size is 16 ulp too large",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    double size = super.quotient(loss, denominator);
                    for (int i = 0; i < 16; i++) {
                      size = dtype.up(size);
                    }
                    return size;
                  }
                }),
        Defect.of(
            "half-a-step",
            "the step size is halved, as for a gradient of half the squared norm",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    return super.quotient(loss, dtype.round(2 * denominator));
                  }
                }));
  }
}
