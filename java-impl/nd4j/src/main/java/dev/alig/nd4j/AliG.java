package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.Settings;
import dev.alig.StepReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
 * <p>The parameters stay the caller's: {@link AliGBuilder#build} and every step change them in
 * place. They must all have one of the types HALF, BFLOAT16, FLOAT and DOUBLE; views, any order and
 * any stride, scalars and empty arrays are welcome. Given the same step sizes, FLOAT and DOUBLE
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

  AliG(Engine<?> engine) {
    this.engine = engine;
  }

  /** A builder with the original's defaults: no cap, no momentum, no ball, eps 1e-5. */
  public static AliGBuilder builder() {
    return new AliGBuilder();
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

  /**
   * Keeps one parameter's momentum v in an array of the caller's from now on, in place.
   *
   * <p>What the array holds is the momentum, and every step changes it there, so that it may be
   * part of a larger state that is saved elsewhere. {@link #setMomentumBuffer} and {@link #load}
   * put arrays of our own in its place.
   *
   * @throws IndexOutOfBoundsException if there is no such group or parameter
   * @throws IllegalArgumentException if shape or type differ from the parameter's, the elements do
   *     not lie in memory in the parameter's order without gaps, or the array was closed
   */
  public void useMomentumBuffer(int group, int parameter, INDArray buffer) {
    engine.useMomentumBuffer(group, parameter, buffer);
  }

  /**
   * √Σ‖w‖² over all parameters, measured as the projection measures it; costs a pass over them.
   *
   * @throws IllegalArgumentException if a parameter was closed
   */
  public double parameterNorm() {
    return engine.parameterNorm();
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
   * <p>Format 1, big-endian as {@link java.io.DataOutputStream} has it: the bytes "ALIG"; int
   * format; UTF data type; double eps; UTF momentum form; doubles radius and lower bound; UTF
   * negative-loss and non-finite policies; long step count; int groups. Per group: doubles max
   * learning rate and momentum, int parameters. Per parameter: int rank, a long per dimension, a
   * boolean for whether momentum follows, its elements in logical ('c') order, each in its type's
   * bits. Last the CRC-32 of all that, as an int.
   *
   * @param out where to write; flushed, not closed
   * @throws IOException if {@code out} throws it
   */
  public void save(OutputStream out) throws IOException {
    engine.save(out);
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
    engine.load(in);
  }
}
