package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import java.util.ArrayList;
import java.util.List;

/**
 * ALI-G as the paper states it, one group, plain {@code double} arithmetic on flat arrays.
 *
 * <p>Berrada et al., ICML 2020, arXiv:1906.05661, algorithm 1 and section 3.
 */
final class ReferenceAliG {
  private final GroupSettings group;
  private final double eps;
  private final MomentumForm form;
  private final double radius;
  private final double[] w;
  private final double[] v;

  ReferenceAliG(GroupSettings group, double eps, MomentumForm form, double radius, double[] w) {
    this.group = group;
    this.eps = eps;
    this.form = form;
    this.radius = radius;
    this.w = w.clone();
    this.v = new double[w.length];
    project();
  }

  double step(double loss, double[] g) {
    double gamma = Math.min(loss / (squaredNorm(g) + eps), group.maxLearningRate());
    double mu = group.momentum();
    for (int i = 0; i < w.length; i++) {
      if (form == MomentumForm.STANDARD) {
        v[i] = mu * v[i] - gamma * g[i];
        w[i] = w[i] - gamma * g[i] + mu * v[i];
      } else {
        v[i] = mu * v[i] - g[i];
        w[i] = w[i] - gamma * g[i] + gamma * mu * v[i];
      }
    }
    project();
    return gamma;
  }

  List<Double> parameters() {
    return boxed(w);
  }

  List<Double> momentum() {
    return boxed(v);
  }

  private void project() {
    double norm = Math.sqrt(squaredNorm(w));
    if (norm > radius) {
      for (int i = 0; i < w.length; i++) {
        w[i] *= radius / norm;
      }
    }
  }

  private static double squaredNorm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return sum;
  }

  private static List<Double> boxed(double[] values) {
    List<Double> boxed = new ArrayList<>();
    for (double value : values) {
      boxed.add(value);
    }
    return boxed;
  }
}
