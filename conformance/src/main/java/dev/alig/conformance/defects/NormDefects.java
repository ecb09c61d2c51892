package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Defects of the sum of squared norms. */
final class NormDefects {
  private NormDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(formulas());
    all.addAll(elements());
    all.addAll(tensors());
    return all;
  }

  private static List<Defect> formulas() {
    return List.of(
        Defect.of(
            "norm-not-squared",
            "norms are summed and not their squares",
            c ->
                new PlainRun(c) {
                  @Override
                  double square(double norm) {
                    return norm;
                  }
                }),
        Defect.of(
            "norm-squared-again",
            "a norm lacks its root, so that the fourth power of the norm is summed",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    return square(norm(gradient));
                  }
                }),
        Defect.of(
            "norm-l1",
            "the norm is the sum of absolute values",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    return dtype.round(Arrays.stream(gradient).map(Math::abs).sum());
                  }
                }),
        Defect.of(
            "norm-max",
            "the norm is the largest absolute value",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
                  }
                }),
        Defect.of(
            "norm-mean",
            "the norm is the root of the mean of squares",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    double size = Math.max(1, gradient.length);
                    return dtype.round(norm(gradient) / Math.sqrt(size));
                  }
                }),
        Defect.of(
            "norm-of-sum",
            "elements are added before they are squared",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] gradient) {
                    return dtype.round(Arrays.stream(gradient).sum());
                  }
                }),
        Defect.of(
            "sum-squared",
            "the norms of the tensors are added before they are squared",
            c ->
                new PlainRun(c) {
                  @Override
                  double squaredNorm(List<double[]> gradients) {
                    double sum = gradients.stream().mapToDouble(this::norm).sum();
                    return square(dtype.round(sum));
                  }
                }),
        Defect.of(
            "norm-safe",
            "the sum is kept in double, so that it never overflows or underflows a float",
            c ->
                new PlainRun(c) {
                  @Override
                  double squaredNorm(List<double[]> gradients) {
                    return gradients.stream().flatMapToDouble(Arrays::stream).map(x -> x * x).sum();
                  }

                  @Override
                  double plusEps(double sum) {
                    return sum + c.eps();
                  }
                }));
  }

  private static List<Defect> elements() {
    return List.of(
        Defect.of(
            "norm-misses-first",
            "the norm leaves out the first element of a longer tensor",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] g) {
                    return norm(g.length < 2 ? g : Arrays.copyOfRange(g, 1, g.length));
                  }
                }),
        Defect.of(
            "norm-misses-last",
            "the norm leaves out the last element of a longer tensor",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] g) {
                    return norm(g.length < 2 ? g : Arrays.copyOf(g, g.length - 1));
                  }
                }),
        Defect.of(
            "norm-misses-tail",
            "the norm leaves out what exceeds the last full block of 8",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] g) {
                    return norm(g.length < 8 ? g : Arrays.copyOf(g, g.length / 8 * 8));
                  }
                }),
        Defect.of(
            "norm-misses-tail-of-128",
            "the norm leaves out what exceeds the last full block of 128",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] g) {
                    return norm(g.length < 128 ? g : Arrays.copyOf(g, g.length / 128 * 128));
                  }
                }),
        Defect.of(
            "norm-reads-beyond",
            "the norm counts the last element twice",
            c ->
                new PlainRun(c) {
                  @Override
                  double gradientNorm(double[] g) {
                    double[] longer = Arrays.copyOf(g, g.length + 1);
                    longer[g.length] = g.length == 0 ? 0 : g[g.length - 1];
                    return norm(longer);
                  }
                }));
  }

  private static List<Defect> tensors() {
    return List.of(
        Defect.of(
            "norm-of-first-group",
            "the norm runs over the first group alone",
            c ->
                new PlainRun(c) {
                  @Override
                  List<double[]> gradients(Step step) {
                    return slots.stream()
                        .filter(slot -> slot.group == 0)
                        .flatMap(slot -> gradient(step, slot).stream())
                        .toList();
                  }
                }),
        Defect.of(
            "norm-without-scalars",
            "the norm leaves out tensors of no dimension",
            c ->
                new PlainRun(c) {
                  @Override
                  List<double[]> gradients(Step step) {
                    return slots.stream()
                        .filter(slot -> !slot.shape.isEmpty())
                        .flatMap(slot -> gradient(step, slot).stream())
                        .toList();
                  }
                }),
        Defect.of(
            "norm-without-last-tensor",
            "the norm leaves out the last of several gradients",
            c ->
                new PlainRun(c) {
                  @Override
                  List<double[]> gradients(Step step) {
                    List<double[]> all = super.gradients(step);
                    return all.size() < 2 ? all : all.subList(0, all.size() - 1);
                  }
                }),
        Defect.of(
            "norm-of-largest-tensor",
            "the norm is that of the tensor with the largest one",
            c ->
                new PlainRun(c) {
                  @Override
                  double squaredNorm(List<double[]> gradients) {
                    return gradients.stream()
                        .mapToDouble(g -> square(norm(g)))
                        .reduce(0, Math::max);
                  }
                }));
  }
}
