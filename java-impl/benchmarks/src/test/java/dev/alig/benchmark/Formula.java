package dev.alig.benchmark;

/** The updates in plain {@code double} arithmetic, as their papers state them. */
final class Formula {
  private static final double EPS = 1e-5;

  private final Setting setting;
  private final double[] w;
  private final double[] v;
  private final double[] g;

  Formula(Setting setting) {
    this.setting = setting;
    w = setting.parameters();
    g = setting.gradients();
    v = new double[setting.n()];
  }

  double[] parameters() {
    return w;
  }

  /** ALI-G: Berrada et al., ICML 2020, arXiv:1906.05661, algorithm 1 and section 3. */
  void aliG() {
    double squares = EPS;
    for (double x : g) {
      squares += x * x;
    }
    double gamma = setting.loss() / squares;
    for (int i = 0; i < w.length; i++) {
      v[i] = Setting.MOMENTUM * v[i] - gamma * g[i];
      w[i] += -gamma * g[i] + Setting.MOMENTUM * v[i];
    }
  }

  /** SGD with Nesterov's momentum where the update takes the gradient's place. */
  void updater() {
    double mu = Setting.MOMENTUM;
    for (int i = 0; i < w.length; i++) {
      double before = v[i];
      v[i] = mu * v[i] - (1 - mu) * g[i];
      g[i] = mu * before - (1 + mu) * v[i];
      w[i] -= g[i];
    }
  }

  /** SGD with Nesterov's momentum as TensorFlow's kernel has it. */
  void nesterov(double rate) {
    for (int i = 0; i < w.length; i++) {
      v[i] = Setting.MOMENTUM * v[i] + g[i];
      w[i] -= rate * (g[i] + Setting.MOMENTUM * v[i]);
    }
  }
}
