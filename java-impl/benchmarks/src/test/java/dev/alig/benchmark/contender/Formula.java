package dev.alig.benchmark.contender;

/** The updates in plain {@code double} arithmetic, as their papers state them. */
final class Formula {
  private final double[] w;
  private final double[] v;
  private final double[] g;

  Formula(int n) {
    w = Data.doubles(n, Data.PARAMETERS);
    g = Data.doubles(n, Data.GRADIENTS);
    v = new double[n];
  }

  double[] parameters() {
    return w;
  }

  /** ALI-G: Berrada et al., ICML 2020, arXiv:1906.05661, algorithm 1 and section 3. */
  void aliG(Setting setting) {
    double squares = 1e-5;
    for (double x : g) {
      squares += x * x;
    }
    double gamma = setting.loss() / squares;
    double mu = setting.momentum().factor();
    for (int i = 0; i < w.length; i++) {
      w[i] -= gamma * g[i];
      switch (setting.momentum()) {
        case NONE -> {}
        case STANDARD -> {
          v[i] = mu * v[i] - gamma * g[i];
          w[i] += mu * v[i];
        }
        case ADJUSTED -> {
          v[i] = mu * v[i] - g[i];
          w[i] += gamma * mu * v[i];
        }
      }
    }
  }

  /** SGD with Nesterov's momentum where the update takes the gradient's place. */
  void updater(double rate, double mu) {
    for (int i = 0; i < w.length; i++) {
      double before = v[i];
      v[i] = mu * v[i] - rate * g[i];
      g[i] = mu * before - (1 + mu) * v[i];
      w[i] -= g[i];
    }
  }

  /** SGD with Nesterov's momentum as TensorFlow's kernel has it. */
  void nesterov(double rate, double mu) {
    for (int i = 0; i < w.length; i++) {
      v[i] = mu * v[i] + g[i];
      w[i] -= rate * (g[i] + mu * v[i]);
    }
  }
}
