package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.StepReport;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * ALI-G, an optimizer that finds its step size from the loss, on ND4J arrays.
 *
 * <pre>{@code
 * AliG optimizer =
 *     AliG.builder().maxLearningRate(0.1).momentum(0.9).l2Ball(100).parameters(w, b).build();
 * StepReport report = optimizer.step(loss, gradientOfW, gradientOfB);
 * }</pre>
 *
 * <p>The parameters stay the caller's: {@link Builder#build} and every step change them in place.
 * They must all have one of the types HALF, BFLOAT16, FLOAT and DOUBLE; views, any order and any
 * stride, scalars and empty arrays are welcome. Given the same step sizes, FLOAT and DOUBLE
 * parameters follow the authors' {@code alig.th} bit for bit.
 *
 * <p>A method that throws has changed nothing. Not thread safe: one thread at a time may use an
 * optimizer and its parameters.
 *
 * <p>L. Berrada, A. Zisserman, M. P. Kumar, "Training Neural Networks for and by Interpolation",
 * ICML 2020, arXiv:1906.05661.
 */
public final class AliG {
  private final Engine<?> engine;

  private AliG(Engine<?> engine) {
    this.engine = engine;
  }

  /** A builder with the original's defaults: no cap, no momentum, no ball, eps 1e-5. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Takes one step on all groups, in place.
   *
   * <p>η = min(loss / (Σ‖g‖² + eps), maxLearningRate) per group, Σ over every gradient present;
   * then the momentum form's update, then the projection onto the ball.
   *
   * <ul>
   *   <li>A parameter without a gradient keeps its value, but for the projection, and its momentum.
   *   <li>Negative losses: see {@link dev.alig.NegativeLoss}. NaN and infinities: see {@link
   *       dev.alig.NonFinite}.
   * </ul>
   *
   * @param loss the loss at the current parameters, in the unit that the gradients derive from
   * @param gradients one per parameter in group order, of the same shape and type, in any layout;
   *     null where there is none
   * @return what the step did
   * @throws IllegalArgumentException if the number of gradients, a shape or a type differs, an
   *     array was closed, or a policy refuses a value; nothing has been changed then
   */
  public StepReport step(double loss, List<? extends @Nullable INDArray> gradients) {
    return engine.step(loss, gradients);
  }

  /** {@link #step(double, List)} with the gradients listed. */
  public StepReport step(double loss, @Nullable INDArray... gradients) {
    return engine.step(loss, Arrays.asList(gradients));
  }

  /**
   * Takes a step with step sizes from elsewhere: the same update, momentum and projection.
   *
   * <p>It serves to check the update apart from the step rule, and to replay recorded runs.
   *
   * @param stepSizes one per group; neither capped nor checked
   * @param gradients as for {@link #step(double, List)}
   * @throws IllegalArgumentException if the number of step sizes or gradients, a shape or a type
   *     differs, or an array was closed; nothing has been changed then
   */
  public void apply(double[] stepSizes, List<? extends @Nullable INDArray> gradients) {
    engine.apply(Arrays.stream(stepSizes).boxed().toList(), gradients);
  }

  /**
   * Adds a group of parameters; they take part in the next projection.
   *
   * @throws IllegalArgumentException if one has another type, shares memory with a parameter, or
   *     was closed
   */
  public void addGroup(GroupSettings settings, INDArray... parameters) {
    engine.addGroup(settings, List.of(parameters));
  }

  /** The groups' settings, in order. */
  public List<GroupSettings> groups() {
    return engine.groupSettings();
  }

  /**
   * Replaces a group's settings; the next step uses them.
   *
   * <p>A momentum that was 0 starts from zero buffers. A momentum set to 0 leaves the buffers where
   * they are, for the day it returns.
   *
   * @throws IndexOutOfBoundsException if there is no such group
   */
  public void setGroup(int group, GroupSettings settings) {
    engine.group(group).set(settings);
  }

  /** The settings that all groups share. */
  public Settings settings() {
    return engine.settings();
  }

  /**
   * A copy of one parameter's momentum v, outside any workspace; empty if its group never had
   * momentum.
   *
   * @throws IndexOutOfBoundsException if there is no such group or parameter
   */
  public Optional<INDArray> momentumBuffer(int group, int parameter) {
    return engine.momentumBuffer(group, parameter);
  }

  /**
   * Replaces one parameter's momentum v by a copy of {@code values}, as when a run is taken over
   * from elsewhere.
   *
   * @throws IndexOutOfBoundsException if there is no such group or parameter
   * @throws IllegalArgumentException if shape or type differ from the parameter's, or the array was
   *     closed; nothing has been changed then
   */
  public void setMomentumBuffer(int group, int parameter, INDArray values) {
    engine.setMomentumBuffer(group, parameter, values);
  }

  /** How many steps were taken; skipped ones do not count. */
  public long stepCount() {
    return engine.stepCount();
  }

  /** The last step's size per group, zeros if it was skipped; empty before the first step. */
  public List<Double> stepSizes() {
    return engine.stepSizes();
  }

  /**
   * Writes settings, step count and momentum; parameters and schedule are the caller's to save.
   *
   * <p>Format 1, big-endian as {@link DataOutputStream} has it: the bytes "ALIG"; int format; UTF
   * data type; double eps; UTF momentum form; doubles radius and lower bound; UTF negative-loss and
   * non-finite policies; long step count; int groups. Per group: doubles max learning rate and
   * momentum, int parameters. Per parameter: int rank, a long per dimension, a boolean for whether
   * momentum follows, its elements in logical ('c') order, each in its type's bits. Last the CRC-32
   * of all that, as an int.
   *
   * @param out where to write; flushed, not closed
   * @throws IOException if {@code out} throws it
   */
  public void save(OutputStream out) throws IOException {
    engine.save(new DataOutputStream(out));
  }

  /**
   * Restores what {@link #save} wrote, bit for bit, into an optimizer of the same groups.
   *
   * <p>Settings are replaced by the saved ones, apart from the schedule. With the parameters also
   * put back, the run goes on as if never interrupted.
   *
   * @param in where to read; not read beyond the state, not closed
   * @throws StateException if the state is damaged, of another format, or its groups, shapes or
   *     data type differ; the optimizer is as before then
   * @throws IOException if {@code in} throws it; the optimizer is as before then
   */
  public void load(InputStream in) throws IOException {
    engine.load(new DataInputStream(in));
  }

  /** Collects settings and groups; {@link #build} checks them. */
  public static final class Builder {
    private final List<PendingGroup> groups = new ArrayList<>();
    private Settings.Builder settings = Settings.builder();
    private double maxLearningRate = GroupSettings.UNCAPPED;
    private double momentum;

    private Builder() {}

    /** The cap for groups without settings of their own; none unless set. */
    public Builder maxLearningRate(double value) {
      maxLearningRate = value;
      return this;
    }

    /** The momentum for groups without settings of their own; 0 unless set. */
    public Builder momentum(double value) {
      momentum = value;
      return this;
    }

    /** How momentum enters a step; standard unless set. */
    public Builder momentumForm(MomentumForm value) {
      settings.momentumForm(value);
      return this;
    }

    /** Sets {@link Settings#eps}; 1e-5 unless set. */
    public Builder eps(double value) {
      settings.eps(value);
      return this;
    }

    /** Projects the parameters onto the ball of this radius; no projection unless set. */
    public Builder l2Ball(double radius) {
      settings.ball(new L2Ball(radius));
      return this;
    }

    /** Sets everything that groups share at once. */
    public Builder settings(Settings value) {
      settings = value.toBuilder();
      return this;
    }

    /** Adds a group that has the builder's cap and momentum. */
    public Builder parameters(INDArray... parameters) {
      groups.add(new PendingGroup(Optional.empty(), List.of(parameters)));
      return this;
    }

    /** Adds a group that has settings of its own. */
    public Builder group(GroupSettings own, INDArray... parameters) {
      groups.add(new PendingGroup(Optional.of(own), List.of(parameters)));
      return this;
    }

    /**
     * The optimizer; projects the parameters onto the ball.
     *
     * @throws IllegalArgumentException if a setting is out of range, there is no parameter, types
     *     are mixed or unsupported, parameters share memory, or one was closed; nothing has been
     *     changed then
     */
    public AliG build() {
      GroupSettings defaults = new GroupSettings(maxLearningRate, momentum);
      INDArray first =
          groups.stream()
              .flatMap(group -> group.parameters.stream())
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("no parameters; add some with parameters()"));
      ArrayChecks.requireOpen("the first parameter", first);
      ArrayChecks.requireSupported("the first parameter", first);
      Engine<?> engine = new Engine<>(Storage.of(first.dataType()), settings.build());
      for (PendingGroup group : groups) {
        engine.addGroup(group.settings.orElse(defaults), group.parameters);
      }
      engine.project();
      return new AliG(engine);
    }

    private record PendingGroup(Optional<GroupSettings> settings, List<INDArray> parameters) {}
  }
}
