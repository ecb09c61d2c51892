package dev.alig.nd4j.dl4j;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * ALI-G in the configuration of a Deeplearning4j network.
 *
 * <pre>{@code
 * new NeuralNetConfiguration.Builder()
 *     .updater(AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build())
 * }</pre>
 *
 * <p>A layer or a bias with its own updater is a group with its own cap and momentum. All other
 * settings must be the same in the whole network. DL4J's learning rate is the cap on the step size:
 * {@code NetworkUtils.setLearningRate} changes the cap.
 *
 * <p>A step needs the loss and all gradients of the network, which DL4J does not pass to an
 * updater. {@link AliGTraining#attach} supplies them; without it {@code fit} throws. DL4J saves the
 * settings with the configuration, and the momentum with the updater's state.
 */
public final class AliGUpdater implements IUpdater {
  private static final long serialVersionUID = 1;

  // DL4J reads and writes these fields with Jackson. A field that a file lacks keeps its default.
  private double maxLearningRate = GroupSettings.UNCAPPED;
  private @Nullable ISchedule maxLearningRateSchedule;
  private double momentum;
  private MomentumForm momentumForm = Settings.DEFAULT.momentumForm();
  private double eps = Settings.DEFAULT.eps();
  private double l2Ball = Settings.DEFAULT.ball().radius();
  private double lowerBound = Settings.DEFAULT.lowerBound();
  private NegativeLoss negativeLoss = Settings.DEFAULT.negativeLoss();
  private NonFinite nonFinite = Settings.DEFAULT.nonFinite();
  private boolean wideNorm = Settings.DEFAULT.wideNorm();

  /** The defaults of {@code alig.th}: no cap, no momentum, no ball, eps 1e-5. */
  public AliGUpdater() {}

  private AliGUpdater(AliGUpdater other) {
    maxLearningRate = other.maxLearningRate;
    maxLearningRateSchedule =
        other.maxLearningRateSchedule == null ? null : other.maxLearningRateSchedule.clone();
    momentum = other.momentum;
    momentumForm = other.momentumForm;
    eps = other.eps;
    l2Ball = other.l2Ball;
    lowerBound = other.lowerBound;
    negativeLoss = other.negativeLoss;
    nonFinite = other.nonFinite;
    wideNorm = other.wideNorm;
  }

  /** A builder with the defaults of {@code alig.th}: no cap, no momentum, no ball, eps 1e-5. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The settings that all groups of a network share.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Settings settings() {
    return Settings.builder()
        .momentumForm(momentumForm)
        .eps(eps)
        .ball(new L2Ball(l2Ball))
        .lowerBound(lowerBound)
        .negativeLoss(negativeLoss)
        .nonFinite(nonFinite)
        .wideNorm(wideNorm)
        .build();
  }

  /**
   * The settings of a group with this updater, in one iteration.
   *
   * @throws IllegalArgumentException if one is out of range, for example if a schedule gives a cap
   *     of 0
   */
  public GroupSettings groupSettings(int iteration, int epoch) {
    return new GroupSettings(getLearningRate(iteration, epoch), momentum);
  }

  @Override
  public long stateSize(long numParams) {
    return momentum == 0 ? 0 : numParams;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a setting is out of range
   */
  @Override
  public GradientUpdater<AliGUpdater> instantiate(
      @Nullable INDArray viewArray, boolean initializeViewArray) {
    requireValid();
    if (viewArray != null && initializeViewArray) {
      viewArray.assign(0);
    }
    return new AliGGradientUpdater(this, viewArray);
  }

  /**
   * Not supported: SameDiff calls this, and it updates each variable before it computes the next
   * gradient.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public GradientUpdater<AliGUpdater> instantiate(
      Map<String, INDArray> updaterState, boolean initializeStateArrays) {
    throw new UnsupportedOperationException(
        "AliGUpdater is for MultiLayerNetwork and ComputationGraph: SameDiff's fit updates each"
            + " variable by itself; use dev.alig.nd4j.samediff.SameDiffTrainer, or"
            + " dev.alig.nd4j.AliG on the gradients");
  }

  /** The cap on the step size. */
  @Override
  public double getLearningRate(int iteration, int epoch) {
    return maxLearningRateSchedule == null
        ? maxLearningRate
        : maxLearningRateSchedule.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  /**
   * Sets the cap on the step size.
   *
   * @throws IllegalArgumentException if there is no schedule and the cap is not more than 0
   */
  @Override
  public void setLrAndSchedule(double lr, @Nullable ISchedule lrSchedule) {
    if (lrSchedule == null) {
      maxLearningRate = new GroupSettings(lr, momentum).maxLearningRate();
    }
    maxLearningRateSchedule = lrSchedule;
  }

  @Override
  public AliGUpdater clone() {
    return new AliGUpdater(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AliGUpdater updater && values().equals(updater.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "AliGUpdater(maxLearningRate="
        + (maxLearningRateSchedule == null ? maxLearningRate : maxLearningRateSchedule)
        + (", momentum=" + momentum + ", momentumForm=" + momentumForm)
        + (", eps=" + eps + ", l2Ball=" + l2Ball + ", lowerBound=" + lowerBound)
        + (", negativeLoss=" + negativeLoss + ", nonFinite=" + nonFinite)
        + (", wideNorm=" + wideNorm + ")");
  }

  private void requireValid() {
    settings();
    double cap = maxLearningRateSchedule == null ? maxLearningRate : GroupSettings.UNCAPPED;
    new GroupSettings(cap, momentum);
  }

  /** The values that equality compares. A schedule makes the constant cap irrelevant. */
  private List<@Nullable Object> values() {
    return Arrays.asList(
        maxLearningRateSchedule == null ? maxLearningRate : null,
        maxLearningRateSchedule,
        momentum,
        momentumForm,
        eps,
        l2Ball,
        lowerBound,
        negativeLoss,
        nonFinite,
        wideNorm);
  }

  /** Collects settings by name; {@link #build} checks them. */
  public static final class Builder {
    private final AliGUpdater updater = new AliGUpdater();

    private Builder() {}

    /** Sets the cap on the step size, more than 0. Default: no cap. */
    public Builder maxLearningRate(double value) {
      updater.maxLearningRate = value;
      updater.maxLearningRateSchedule = null;
      return this;
    }

    /** Sets a cap that changes over time. It must always be more than 0. */
    public Builder maxLearningRate(ISchedule value) {
      updater.maxLearningRateSchedule = value;
      return this;
    }

    /** Sets the momentum. Default: 0. */
    public Builder momentum(double value) {
      updater.momentum = value;
      return this;
    }

    /** Sets how momentum enters a step. Default: standard. */
    public Builder momentumForm(MomentumForm value) {
      updater.momentumForm = value;
      return this;
    }

    /** Sets {@link Settings#eps}. Default: 1e-5. */
    public Builder eps(double value) {
      updater.eps = value;
      return this;
    }

    /**
     * Projects the trained parameters onto the ball of this radius after each step. Default: no
     * projection.
     */
    public Builder l2Ball(double radius) {
      updater.l2Ball = radius;
      return this;
    }

    /** Sets {@link Settings#lowerBound}. Default: 0. */
    public Builder lowerBound(double value) {
      updater.lowerBound = value;
      return this;
    }

    /** Sets {@link Settings#negativeLoss}. Default: ascend. */
    public Builder negativeLoss(NegativeLoss value) {
      updater.negativeLoss = value;
      return this;
    }

    /** Sets {@link Settings#nonFinite}. Default: propagate. */
    public Builder nonFinite(NonFinite value) {
      updater.nonFinite = value;
      return this;
    }

    /** Sets {@link Settings#wideNorm}. Default: off. */
    public Builder wideNorm(boolean value) {
      updater.wideNorm = value;
      return this;
    }

    /**
     * The updater.
     *
     * @throws IllegalArgumentException if a setting is out of range
     */
    public AliGUpdater build() {
      updater.requireValid();
      return updater.clone();
    }
  }
}
