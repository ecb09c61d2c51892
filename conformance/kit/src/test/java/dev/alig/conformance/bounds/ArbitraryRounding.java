package dev.alig.conformance.bounds;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * ALI-G on finite numbers with the freedom that the error analysis allows: every operation rounds
 * to one of the two neighbours of its result, by chance; products are fused with sums by chance;
 * norms are summed in a random order, each sum and square rounded to nearest; in TensorFlow's
 * arithmetic denormals are flushed by chance.
 */
final class ArbitraryRounding implements Implementation {
  private final Algorithm algorithm;
  private final Random random;

  ArbitraryRounding(Algorithm algorithm, long seed) {
    this.algorithm = algorithm;
    this.random = new Random(seed);
  }

  @Override
  public String name() {
    return "arbitrary rounding";
  }

  @Override
  public Trace run(StepCase scripted) {
    return new Run(scripted).trace();
  }

  private final class Run {
    private final StepCase scripted;
    private final DType dtype;
    private final List<List<double[]>> parameters = new ArrayList<>();
    private final List<List<double[]>> buffers = new ArrayList<>();

    Run(StepCase scripted) {
      this.scripted = scripted;
      this.dtype = scripted.dtype();
      for (Group group : scripted.groups()) {
        parameters.add(group.parameters().stream().map(Tensor::toArray).toList());
        buffers.add(group.parameters().stream().map(t -> new double[t.size()]).toList());
      }
    }

    Trace trace() {
      project();
      State constructed = state();
      List<TracedStep> steps = new ArrayList<>();
      for (Step step : scripted.steps()) {
        double unclipped = unclipped(step);
        List<Double> sizes = new ArrayList<>();
        for (int g = 0; g < parameters.size(); g++) {
          double cap = scripted.groups().get(g).cap();
          sizes.add(cap < unclipped ? cap : unclipped);
          move(g, step.gradients().get(g), sizes.get(g));
        }
        project();
        steps.add(new TracedStep(unclipped, sizes, sizes.get(0), state()));
      }
      return new Trace(constructed, steps, Optional.empty());
    }

    private double unclipped(Step step) {
      List<double[]> gradients =
          step.gradients().stream()
              .flatMap(List::stream)
              .flatMap(Optional::stream)
              .map(Tensor::toArray)
              .toList();
      double denominator = sum(sumOfSquares(gradients), dtype.round(scripted.eps()));
      return quotient(dtype.round(step.loss()), denominator);
    }

    private void move(int g, List<Optional<Tensor>> gradients, double stepSize) {
      Group group = scripted.groups().get(g);
      double descent = -dtype.round(stepSize);
      double mu = dtype.round(group.momentum());
      double push = dtype.round(stepSize * group.momentum());
      for (int i = 0; i < gradients.size(); i++) {
        double[] p = parameters.get(g).get(i);
        double[] v = buffers.get(g).get(i);
        for (int e = 0; gradients.get(i).isPresent() && e < p.length; e++) {
          double gradient = gradients.get(i).get().get(e);
          if (group.hasBuffers()) {
            v[e] = buffer(mu, v[e], gradient, descent);
            p[e] = parameter(p[e], gradient, descent, v[e], mu, push);
          } else {
            p[e] = productPlus(gradient, descent, p[e]);
          }
        }
      }
    }

    private double buffer(double mu, double v, double gradient, double descent) {
      return scripted.form() == MomentumForm.ADJUSTED
          ? productPlus(mu, v, -gradient)
          : productPlus(gradient, descent, product(mu, v));
    }

    private double parameter(
        double p, double gradient, double descent, double v, double mu, double push) {
      if (algorithm.flushes()) {
        return sum(p, productPlus(gradient, descent, along(descent, v, mu, push)));
      }
      double factor = scripted.form() == MomentumForm.ADJUSTED ? push : mu;
      return productPlus(v, factor, productPlus(gradient, descent, p));
    }

    private double along(double descent, double v, double mu, double push) {
      if (scripted.form() == MomentumForm.STANDARD) {
        return product(mu, v);
      }
      return random.nextBoolean() ? product(push, v) : product(-descent, product(mu, v));
    }

    private void project() {
      List<double[]> all = parameters.stream().flatMap(List::stream).toList();
      if (scripted.radius().isEmpty()) {
        return;
      }
      double radius = dtype.round(scripted.radius().getAsDouble());
      double norm = rounded(Real.of(sumOfSquares(all)).root());
      if (norm > radius) {
        double factor =
            random.nextBoolean() ? quotient(radius, norm) : product(quotient(1, norm), radius);
        for (double[] p : all) {
          for (int e = 0; e < p.length; e++) {
            p[e] = product(p[e], factor);
          }
        }
      }
    }

    private double sumOfSquares(List<double[]> tensors) {
      double total = 0;
      for (double[] tensor : tensors) {
        List<Double> elements = new ArrayList<>();
        for (double element : tensor) {
          elements.add(element);
        }
        Collections.shuffle(elements, random);
        double squares = 0;
        for (double element : elements) {
          squares = dtype.round(squares + dtype.round(element * element));
        }
        double norm = rounded(Real.of(squares).root());
        total = sum(total, product(norm, norm));
      }
      return total;
    }

    private double sum(double a, double b) {
      return rounded(Real.of(a).plus(Real.of(b)));
    }

    private double product(double a, double b) {
      return rounded(Real.of(a).times(Real.of(b)));
    }

    private double productPlus(double a, double b, double c) {
      return random.nextBoolean()
          ? rounded(Real.of(a).times(Real.of(b)).plus(Real.of(c)))
          : sum(product(a, b), c);
    }

    private double quotient(double a, double b) {
      return rounded(Real.of(a).over(Real.of(b)));
    }

    /** Either neighbour; a zero or an infinity only where rounding to nearest gives one. */
    private double rounded(Real result) {
      double nearest = result.rounded(dtype);
      if (algorithm.flushes()
          && Math.abs(nearest) < dtype.smallestNormal()
          && random.nextBoolean()) {
        return 0;
      }
      if (nearest == 0) {
        return nearest;
      }
      double neighbour = random.nextBoolean() ? result.down(dtype) : result.up(dtype);
      return neighbour == 0 ? nearest : neighbour;
    }

    private State state() {
      return State.of(scripted.groups(), parameters, buffers);
    }
  }
}
