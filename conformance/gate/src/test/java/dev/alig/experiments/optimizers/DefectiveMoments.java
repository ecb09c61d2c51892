package dev.alig.experiments.optimizers;

import java.util.List;

/** Adam, AMSGrad, AdamW, Yogi, AdaGrad and RMSProp, each with one mistake. */
public final class DefectiveMoments extends FlatOptimizer {
  /** What is wrong. */
  public enum Mistake {
    NOTHING,
    MEAN_UNCORRECTED,
    SQUARES_UNCORRECTED,
    CORRECTED_FROM_STEP_ZERO,
    EPS_INSIDE_ROOT,
    EPS_CORRECTED_TOO,
    EPS_MISSING,
    DECAY_DECOUPLED,
    DECAY_COUPLED,
    DECAY_WITHOUT_RATE,
    DECAY_MISSING,
    LARGEST_OF_ANOTHER,
    LARGEST_FORGOTTEN,
    LARGEST_OF_CORRECTED,
    SIGN_TURNED,
    SIGN_OF_GRADIENT,
    BETAS_SWAPPED,
    SQUARES_OF_MEAN
  }

  private final String kind;
  private final double beta1;
  private final double beta2;
  private final double eps;
  private final double decay;
  private final Mistake mistake;

  /** An optimizer with the settings of {@link Adam}. */
  public DefectiveMoments(Format format, int size, String kind, double[] s, Mistake mistake) {
    super(
        format,
        size,
        kind.equals("amsgrad")
            ? List.of(Adam.MEAN, Adam.SQUARES, Adam.LARGEST)
            : List.of(Adam.MEAN, Adam.SQUARES));
    boolean swapped = mistake == Mistake.BETAS_SWAPPED;
    this.kind = kind;
    this.beta1 = swapped ? s[1] : s[0];
    this.beta2 = swapped ? s[0] : s[1];
    this.eps = is(mistake, Mistake.EPS_MISSING) ? 0 : s[2];
    this.decay = is(mistake, Mistake.DECAY_MISSING) ? 0 : s[3];
    this.mistake = mistake;
  }

  private static boolean is(Mistake mistake, Mistake other) {
    return mistake == other;
  }

  private boolean has(Mistake other) {
    return mistake == other;
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    boolean decoupled = kind.equals("adamw") != has(Mistake.DECAY_DECOUPLED);
    decoupled &= !has(Mistake.DECAY_COUPLED);
    for (int i = 0; i < w.length; i++) {
      double g = decoupled ? gradient[i] : decayed(gradient[i], decay, w[i]);
      double share = has(Mistake.DECAY_WITHOUT_RATE) ? decay : rate * decay;
      double kept = decoupled ? round(w[i] * round(1 - share)) : w[i];
      w[i] = moved(kept, i, rate, g);
    }
  }

  private double moved(double w, int i, double rate, double g) {
    double[] m = vector(Adam.MEAN);
    double[] s = vector(Adam.SQUARES);
    boolean torch = kind.equals("adam") || kind.equals("amsgrad");
    m[i] =
        torch
            ? lerp(m[i], g, round(1 - beta1))
            : timesPlus(g, round(1 - beta1), round(round(beta1) * m[i]));
    s[i] = squares(s[i], has(Mistake.SQUARES_OF_MEAN) ? m[i] : g);
    double t = has(Mistake.CORRECTED_FROM_STEP_ZERO) ? t() + 1 : t();
    double unbias1 = has(Mistake.MEAN_UNCORRECTED) ? 1 : 1 - StrictMath.pow(beta1, t);
    double unbias2 = has(Mistake.SQUARES_UNCORRECTED) ? 1 : 1 - StrictMath.pow(beta2, t);
    double second = kind.equals("amsgrad") ? largest(i, s[i], unbias2) : s[i];
    boolean inside = has(Mistake.EPS_INSIDE_ROOT);
    double root = round(Math.sqrt(inside ? round(second + round(eps)) : second));
    double added = inside ? 0 : round(eps);
    boolean together = torch == has(Mistake.EPS_CORRECTED_TOO);
    double move = round(-(together ? rate * Math.sqrt(unbias2) / unbias1 : rate / unbias1));
    double scale = together ? root : round(root / round(Math.sqrt(unbias2)));
    return moved(w, move, m[i], round(scale + added));
  }

  private double squares(double s, double g) {
    if (!kind.equals("yogi")) {
      return timesPlus(round(round(1 - beta2) * g), g, round(round(beta2) * s));
    }
    double square = round(g * g);
    double sign = Math.signum(has(Mistake.SIGN_OF_GRADIENT) ? g : round(s - square));
    double turned = has(Mistake.SIGN_TURNED) ? -sign : sign;
    return timesPlus(turned * square, round(-(1 - beta2)), s);
  }

  private double largest(int i, double s, double unbias2) {
    double[] largest = vector(Adam.LARGEST);
    double other = has(Mistake.LARGEST_OF_ANOTHER) ? Math.abs(vector(Adam.MEAN)[i]) : s;
    double next = has(Mistake.LARGEST_OF_CORRECTED) ? round(other / unbias2) : other;
    largest[i] = has(Mistake.LARGEST_FORGOTTEN) ? next : Math.max(largest[i], next);
    return largest[i];
  }
}
