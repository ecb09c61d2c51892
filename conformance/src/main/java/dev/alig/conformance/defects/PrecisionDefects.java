package dev.alig.conformance.defects;

import dev.alig.MomentumForm;
import dev.alig.conformance.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Defects of precision: a number rounded too often, too early, or to a float in a double problem.
 */
final class PrecisionDefects {
  private PrecisionDefects() {}

  static List<Defect> all() {
    return Stream.of(narrow(), roundings()).flatMap(List::stream).toList();
  }

  private static List<Defect> narrow() {
    return List.of(
        Defect.of(
            "norm-as-float",
            "norms are rounded to float",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    return (float) norm(gradient);
                  }
                }),
        Defect.of(
            "sum-as-float",
            "the sum of squared norms is rounded to float",
            c ->
                new PlainRun(c) {
                  @Override
                  double squaredNorm(List<double[]> gradients) {
                    return (float) super.squaredNorm(gradients);
                  }
                }),
        Defect.of(
            "eps-as-float",
            "eps is rounded to float",
            c ->
                new PlainRun(c) {
                  @Override
                  double plusEps(double sum) {
                    return dtype.round(sum + (float) c.eps());
                  }
                }),
        Defect.of(
            "loss-as-float",
            "the loss is rounded to float",
            c ->
                new PlainRun(c) {
                  @Override
                  double loss(Step step) {
                    return (float) step.loss();
                  }
                }),
        Defect.of(
            "step-size-as-float",
            "the step size is rounded to float for the update",
            c ->
                new PlainRun(c) {
                  @Override
                  Coefficients coefficients(double stepSize, double momentum) {
                    return super.coefficients((float) stepSize, momentum);
                  }
                }),
        Defect.of(
            "quotient-as-float",
            "the unclipped step size is a float",
            c ->
                new PlainRun(c) {
                  @Override
                  double quotient(double loss, double denominator) {
                    return (float) super.quotient(loss, denominator);
                  }
                }),
        Defect.of(
            "cap-as-float",
            "the cap is a float",
            c ->
                new PlainRun(c) {
                  @Override
                  double cap(int group) {
                    return (float) super.cap(group);
                  }
                }),
        Defect.of(
            "momentum-as-float",
            "the momentum is a float",
            c ->
                new PlainRun(c) {
                  @Override
                  double momentum(Slot slot) {
                    return (float) super.momentum(slot);
                  }
                }),
        Defect.of(
            "buffer-as-float",
            "buffers are floats",
            c ->
                new PlainRun(c) {
                  @Override
                  double decayed(double v, Coefficients k) {
                    return super.decayed((float) v, k);
                  }
                }),
        Defect.of(
            "gradient-as-float",
            "gradients are rounded to float for the update",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return super.descend(p, (float) gradient, k);
                  }
                }),
        Defect.of(
            "radius-as-float",
            "the radius is a float",
            c ->
                new PlainRun(c) {
                  @Override
                  double radius() {
                    return (float) super.radius();
                  }
                }),
        Defect.of(
            "parameter-norm-as-float",
            "the norm of the parameters is rounded to float",
            c ->
                new PlainRun(c) {
                  @Override
                  double parameterNorm(List<Slot> together) {
                    return (float) super.parameterNorm(together);
                  }
                }),
        Defect.of(
            "norm-in-bfloat16",
            "gradients count for the norm with 8 significant bits",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    return norm(Arrays.stream(gradient).map(PrecisionDefects::bfloat16).toArray());
                  }
                }));
  }

  private static List<Defect> roundings() {
    return List.of(
        Defect.of(
            "descent-not-fused",
            "step size times gradient is rounded before the subtraction",
            c ->
                new PlainRun(c) {
                  @Override
                  double descend(double p, double gradient, Coefficients k) {
                    return dtype.round(p - dtype.round(k.gamma() * gradient));
                  }
                }),
        Defect.of(
            "buffer-not-fused",
            "step size times gradient is rounded before the buffer takes it in",
            c ->
                new PlainRun(c) {
                  @Override
                  double standardBuffer(double decayed, double gradient, Coefficients k) {
                    return dtype.round(decayed - dtype.round(k.gamma() * gradient));
                  }
                }),
        Defect.of(
            "standard-move-not-fused",
            "momentum times buffer is rounded before the addition",
            c ->
                new PlainRun(c) {
                  @Override
                  double standardMove(double p, double v, Coefficients k) {
                    return dtype.round(p + dtype.round(k.mu() * v));
                  }
                }),
        Defect.of(
            "adjusted-move-not-fused",
            "step size times momentum times buffer is rounded before the addition",
            c ->
                new PlainRun(c) {
                  @Override
                  double adjustedMove(double p, double v, Coefficients k) {
                    return dtype.round(p + dtype.round(k.gammaMu() * v));
                  }
                }),
        Defect.of(
            "decay-fused",
            "the decay is not rounded before the buffer takes the gradient in",
            c ->
                new PlainRun(c) {
                  @Override
                  double decayed(double v, Coefficients k) {
                    return v;
                  }

                  @Override
                  double standardBuffer(double v, double gradient, Coefficients k) {
                    return fma(v, k.mu(), dtype.round(-k.gamma() * gradient));
                  }

                  @Override
                  double adjustedBuffer(double v, double gradient, Coefficients k) {
                    return fma(v, k.mu(), -gradient);
                  }
                }),
        Defect.of(
            "step-times-momentum-in-dtype",
            "step size and momentum are rounded before their product is",
            c ->
                new PlainRun(c) {
                  @Override
                  Coefficients coefficients(double stepSize, double momentum) {
                    double gamma = dtype.round(stepSize);
                    double mu = dtype.round(momentum);
                    return new Coefficients(gamma, mu, dtype.round(gamma * mu));
                  }
                }),
        Defect.of(
            "moves-in-one",
            "gradient and buffer move the parameter in one rounding of their sum",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    double before = slot.p[e];
                    super.update(slot, e, gradient, k);
                    if (slot.momentum != 0) {
                      double factor = form() == MomentumForm.STANDARD ? k.mu() : k.gammaMu();
                      double move = dtype.round(factor * slot.v[e] - k.gamma() * gradient);
                      slot.p[e] = dtype.round(before + move);
                    }
                  }
                }));
  }

  private static double bfloat16(double value) {
    return Float.intBitsToFloat(Float.floatToRawIntBits((float) value) & 0xFFFF0000);
  }
}
