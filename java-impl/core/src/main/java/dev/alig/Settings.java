package dev.alig;

/**
 * The settings that all parameter groups of an optimizer share.
 *
 * @param eps added to the squared norm in the denominator of the step size, ≥ 0
 * @param momentumForm how momentum enters a step
 * @param ball the feasible set; each step projects the parameters onto it
 * @param lowerBound a lower bound of the loss, finite. The numerator of the step size is loss −
 *     lowerBound. Extension: the authors' optimizer assumes 0
 * @param negativeLoss what a step does if loss − lowerBound is negative; extension
 * @param nonFinite what a step does if a value is NaN or infinite; extension
 * @param schedule changes the groups' caps over time; extension
 * @param wideNorm whether norms and step sizes are computed in {@code double} for every tensor
 *     type. Extension: the authors' optimizer computes them in the tensors' type. There the squared
 *     norm overflows, and the step size is 0, for a norm of 256 in float16 and of 1.8e19 in {@code
 *     float}
 */
public record Settings(
    double eps,
    MomentumForm momentumForm,
    L2Ball ball,
    double lowerBound,
    NegativeLoss negativeLoss,
    NonFinite nonFinite,
    LearningRateSchedule schedule,
    boolean wideNorm) {
  /** The {@code eps} of the authors' optimizer. */
  public static final double DEFAULT_EPS = 1e-5;

  /** The defaults of {@code alig.th.AliG}. */
  public static final Settings DEFAULT = builder().build();

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range or NaN
   */
  public Settings {
    if (!(eps >= 0)) {
      throw new IllegalArgumentException("eps must be >= 0, was " + eps);
    }
    if (!Double.isFinite(lowerBound)) {
      throw new IllegalArgumentException("lowerBound must be finite, was " + lowerBound);
    }
  }

  /** A builder that starts from {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder()
        .eps(eps)
        .momentumForm(momentumForm)
        .ball(ball)
        .lowerBound(lowerBound)
        .negativeLoss(negativeLoss)
        .nonFinite(nonFinite)
        .schedule(schedule)
        .wideNorm(wideNorm);
  }

  /**
   * The precision of norms and step sizes.
   *
   * @param tensors the precision of the tensors
   */
  public Precision normPrecision(Precision tensors) {
    return wideNorm ? Precision.DOUBLE : tensors;
  }

  /** Collects settings by name; {@link #build} checks them. */
  public static final class Builder {
    private double eps = DEFAULT_EPS;
    private MomentumForm momentumForm = MomentumForm.STANDARD;
    private L2Ball ball = L2Ball.UNBOUNDED;
    private double lowerBound = 0;
    private NegativeLoss negativeLoss = NegativeLoss.ASCEND;
    private NonFinite nonFinite = NonFinite.PROPAGATE;
    private LearningRateSchedule schedule = LearningRateSchedule.CONSTANT;
    private boolean wideNorm;

    private Builder() {}

    /** Sets {@link Settings#eps}; 1e-5 unless set. */
    public Builder eps(double value) {
      eps = value;
      return this;
    }

    /** Sets {@link Settings#momentumForm}; standard unless set. */
    public Builder momentumForm(MomentumForm value) {
      momentumForm = value;
      return this;
    }

    /** Sets {@link Settings#ball}; unbounded unless set. */
    public Builder ball(L2Ball value) {
      ball = value;
      return this;
    }

    /** Sets {@link Settings#lowerBound}; 0 unless set. */
    public Builder lowerBound(double value) {
      lowerBound = value;
      return this;
    }

    /** Sets {@link Settings#negativeLoss}; ascends unless set. */
    public Builder negativeLoss(NegativeLoss value) {
      negativeLoss = value;
      return this;
    }

    /** Sets {@link Settings#nonFinite}; propagates unless set. */
    public Builder nonFinite(NonFinite value) {
      nonFinite = value;
      return this;
    }

    /** Sets {@link Settings#schedule}; constant unless set. */
    public Builder schedule(LearningRateSchedule value) {
      schedule = value;
      return this;
    }

    /** Sets {@link Settings#wideNorm}; off unless set. */
    public Builder wideNorm(boolean value) {
      wideNorm = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if a number is out of range or NaN
     */
    public Settings build() {
      return new Settings(
          eps, momentumForm, ball, lowerBound, negativeLoss, nonFinite, schedule, wideNorm);
    }
  }
}
