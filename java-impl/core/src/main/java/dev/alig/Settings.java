package dev.alig;

/**
 * The settings that all parameter groups of an optimizer share.
 *
 * @param eps added to the squared norm in the step's denominator, at least 0
 * @param momentumForm how momentum enters a step
 * @param ball the feasible set that parameters are projected onto
 * @param lowerBound what the loss cannot fall below; the step's numerator is loss − lowerBound.
 *     Beyond the original, where it is 0
 * @param negativeLoss what happens where loss − lowerBound is negative; beyond the original
 * @param nonFinite what happens where a value is NaN or infinite; beyond the original
 * @param schedule moves the groups' caps over time; beyond the original
 */
public record Settings(
    double eps,
    MomentumForm momentumForm,
    L2Ball ball,
    double lowerBound,
    NegativeLoss negativeLoss,
    NonFinite nonFinite,
    LearningRateSchedule schedule) {
  /** The {@code eps} of the authors' optimizer. */
  public static final double DEFAULT_EPS = 1e-5;

  /** What {@code alig.th.AliG} does unless told otherwise. */
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

  /** A builder that starts from the original's defaults. */
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
        .schedule(schedule);
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

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if a number is out of range or NaN
     */
    public Settings build() {
      return new Settings(eps, momentumForm, ball, lowerBound, negativeLoss, nonFinite, schedule);
    }
  }
}
