package dev.alig.experiments.optimizers;

import java.util.List;

/** SGD, BPGrad, DFW, L4, AdaGrad and RMSProp, each with one mistake. */
public final class DefectiveSteps extends FlatOptimizer {
  /** What is wrong. */
  public enum Mistake {
    NOTHING,
    ROUNDED_TWICE,
    BUFFER_DAMPENED,
    BUFFER_OF_RATES,
    FIRST_BUFFER_SUMMED,
    LOOK_AHEAD_MISSING,
    DECAY_MISSING,
    EPS_INSIDE_ROOT,
    SQUARES_SUMMED,
    SQUARES_OF_UNDECAYED,
    NORM_SQUARED,
    LOSS_WITHOUT_DECAY,
    NOT_CLIPPED_ABOVE,
    NOT_CLIPPED_BELOW,
    DUAL_WITHOUT_DECAY,
    DUAL_WITHOUT_RATE,
    MOMENTUM_WITHOUT_DECAY,
    MOMENTUM_BEFORE,
    LOWEST_NEVER_FORGETS,
    LOWEST_FORGETS_FIRST,
    LOWEST_WITHOUT_FACTOR,
    LOWEST_IS_LAST,
    LOWEST_STARTS_WHOLE,
    LOWEST_WITHOUT_MINIMUM,
    ALONG_GRADIENT,
    DIRECTION_UNCORRECTED
  }

  private final String kind;
  private final double[] s;
  private final Mistake mistake;

  /** An optimizer of that kind with its settings. */
  public DefectiveSteps(Format format, int size, String kind, double[] s, Mistake mistake) {
    super(format, size, vectors(kind));
    if (kind.startsWith("l4")) {
      numbers().put(L4.LOWEST_LOSS, 0.0);
    }
    this.kind = kind;
    this.s = s.clone();
    this.mistake = mistake;
  }

  private static List<String> vectors(String kind) {
    return switch (kind) {
      case "sgd", "nesterov", "dfw" -> List.of(Sgd.BUFFER);
      case "bpgrad" -> List.of(BpGrad.VELOCITY);
      case "adagrad" -> List.of(AdaGrad.SUM);
      case "rmsprop" -> List.of(RmsProp.SQUARES);
      case "l4adam" -> List.of(L4.MEAN, L4.SQUARES);
      default -> List.of(L4.MEAN);
    };
  }

  private boolean has(Mistake other) {
    return mistake == other;
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    switch (kind) {
      case "sgd", "nesterov" -> sgd(rate, w, gradient);
      case "bpgrad" -> bpGrad(loss, rate, w, gradient);
      case "dfw" -> dfw(loss, rate, w, gradient);
      case "adagrad", "rmsprop" -> scaled(rate, w, gradient);
      default -> l4(loss, rate, w, gradient);
    }
  }

  private void sgd(double rate, double[] w, double[] gradient) {
    double[] b = vector(Sgd.BUFFER);
    double mu = round(s[0]);
    double decay = has(Mistake.DECAY_MISSING) ? 0 : s[1];
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], decay, w[i]);
      double direction = g;
      if (s[0] != 0) {
        double added = has(Mistake.BUFFER_DAMPENED) ? round((1 - mu) * g) : g;
        added = has(Mistake.BUFFER_OF_RATES) ? round(rate * g) : added;
        boolean first = t() == 1 && !has(Mistake.FIRST_BUFFER_SUMMED);
        b[i] = first ? added : round(round(mu * b[i]) + added);
        boolean ahead = kind.equals("nesterov") && !has(Mistake.LOOK_AHEAD_MISSING);
        direction = ahead ? timesPlus(b[i], mu, g) : b[i];
      }
      w[i] =
          has(Mistake.ROUNDED_TWICE)
              ? round(w[i] + round(round(-rate) * direction))
              : timesPlus(direction, round(-rate), w[i]);
    }
  }

  private void scaled(double rate, double[] w, double[] gradient) {
    boolean mean = kind.equals("rmsprop");
    double[] q = vector(mean ? RmsProp.SQUARES : AdaGrad.SUM);
    double eps = s[mean ? 1 : 0];
    double decay = has(Mistake.DECAY_MISSING) ? 0 : s[mean ? 2 : 1];
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], decay, w[i]);
      double x = has(Mistake.SQUARES_OF_UNDECAYED) ? gradient[i] : g;
      q[i] =
          mean && !has(Mistake.SQUARES_SUMMED)
              ? timesPlus(round(round(1 - s[0]) * x), x, round(round(s[0]) * q[i]))
              : timesPlus(x, x, q[i]);
      double root = round(Math.sqrt(has(Mistake.EPS_INSIDE_ROOT) ? q[i] + eps : q[i]));
      double denominator = has(Mistake.EPS_INSIDE_ROOT) ? root : round(root + round(eps));
      w[i] = moved(w[i], round(-rate), g, denominator);
    }
  }

  private void bpGrad(double loss, double rate, double[] w, double[] gradient) {
    double[] v = vector(BpGrad.VELOCITY);
    double[] g = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      g[i] = decayed(gradient[i], has(Mistake.DECAY_MISSING) ? 0 : s[1], w[i]);
    }
    double decay = has(Mistake.LOSS_WITHOUT_DECAY) ? 0 : s[1];
    double objective =
        decay == 0 ? round(loss) : timesPlus(round(decay / 2), innerProduct(w, w), round(loss));
    double squares = innerProduct(g, g);
    double norm = has(Mistake.NORM_SQUARED) ? squares : round(Math.sqrt(squares));
    double size = round(objective / round(norm + round(s[2])));
    for (int i = 0; i < w.length; i++) {
      v[i] = timesPlus(g[i], round(-(rate * size)), round(round(s[0]) * v[i]));
      w[i] = round(w[i] + v[i]);
    }
  }

  private void dfw(double loss, double rate, double[] w, double[] g) {
    double[] z = vector(Sgd.BUFFER);
    double[] r = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      r[i] = round(round(s[1]) * w[i]);
    }
    double eta = has(Mistake.DUAL_WITHOUT_RATE) ? 1 : round(rate);
    double along = has(Mistake.DUAL_WITHOUT_DECAY) ? 0 : round(eta * innerProduct(g, r));
    double squares = round(eta * innerProduct(g, g));
    double gamma = round(round(round(loss) - along) / round(squares + round(s[2])));
    gamma = has(Mistake.NOT_CLIPPED_BELOW) ? gamma : Math.max(gamma, 0);
    gamma = has(Mistake.NOT_CLIPPED_ABOVE) ? gamma : Math.min(gamma, 1);
    double mu = round(s[0]);
    for (int i = 0; i < w.length; i++) {
      double old = round(mu * z[i]);
      w[i] = timesPlus(timesPlus(gamma, g[i], r[i]), round(-rate), w[i]);
      if (s[0] != 0) {
        double sum = has(Mistake.MOMENTUM_WITHOUT_DECAY) ? g[i] : round(g[i] + r[i]);
        double before = z[i];
        z[i] = timesPlus(sum, round(-(rate * gamma)), old);
        w[i] = timesPlus(has(Mistake.MOMENTUM_BEFORE) ? before : z[i], mu, w[i]);
      }
    }
  }

  private void l4(double loss, double rate, double[] w, double[] gradient) {
    double lowest = lowest(loss);
    double[] derivative = new double[w.length];
    double[] direction = new double[w.length];
    estimate(w, gradient, derivative, direction);
    double factor = has(Mistake.LOWEST_WITHOUT_FACTOR) ? 1 : 0.9;
    double excess = round(rate * (loss - factor * lowest));
    double along = innerProduct(direction, has(Mistake.ALONG_GRADIENT) ? gradient : derivative);
    double size = round(excess / round(along + round(1e-12)));
    numbers().put(L4.LOWEST_LOSS, has(Mistake.LOWEST_NEVER_FORGETS) ? lowest : lowest * 1.001);
    for (int i = 0; i < w.length; i++) {
      w[i] = timesPlus(direction[i], -size, w[i]);
    }
  }

  private double lowest(double loss) {
    double known = numbers().getOrDefault(L4.LOWEST_LOSS, 0.0);
    if (has(Mistake.LOWEST_FORGETS_FIRST)) {
      known *= 1.001;
    }
    if (t() == 1) {
      return has(Mistake.LOWEST_STARTS_WHOLE) ? loss : 0.75 * loss;
    }
    double least = has(Mistake.LOWEST_WITHOUT_MINIMUM) ? known : loss < known ? loss : known;
    return has(Mistake.LOWEST_IS_LAST) ? loss : least;
  }

  private void estimate(double[] w, double[] gradient, double[] derivative, double[] direction) {
    double[] m = vector(L4.MEAN);
    double[] q = vector(L4.SQUARES);
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], has(Mistake.DECAY_MISSING) ? 0 : s[0], w[i]);
      m[i] = timesPlus(g, round(1 - (1 - 1 / 10.0)), round(round(1 - 1 / 10.0) * m[i]));
      derivative[i] =
          has(Mistake.DIRECTION_UNCORRECTED) ? m[i] : round(m[i] / round(unbias(1 - 1 / 10.0)));
      direction[i] = derivative[i];
      if (kind.equals("l4adam")) {
        double added = round(1 - (1 - 1 / 1000.0));
        double square = round(g * g);
        q[i] = timesPlus(square, added, round(round(1 - 1 / 1000.0) * q[i]));
        double unbiased = round(q[i] / round(unbias(1 - 1 / 1000.0)));
        double root = round(Math.sqrt(has(Mistake.EPS_INSIDE_ROOT) ? unbiased + 1e-4 : unbiased));
        double added4 = has(Mistake.EPS_INSIDE_ROOT) ? 0 : round(1e-4);
        direction[i] = round(derivative[i] / round(root + added4));
      }
    }
  }
}
