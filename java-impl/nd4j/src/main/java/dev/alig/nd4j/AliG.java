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
 * ALI-G on ND4J arrays: an optimizer that computes its step size from the loss.
 *
 * <pre>{@code
 * AliG optimizer =
 *     AliG.builder().maxLearningRate(0.1).momentum(0.9).l2Ball(100).parameters(w, b).build();
 * StepReport report = optimizer.step(loss, gradientOfW, gradientOfB);
 * }</pre>
 *
 * <p>The parameters are the caller's arrays; {@link AliGBuilder#build} and each step change them in
 * place. All must have the same type: HALF, BFLOAT16, FLOAT or DOUBLE. Views, scalars, empty
 * arrays, and any order and strides are allowed. For the same step sizes, FLOAT and DOUBLE
 * parameters equal those of the authors' {@code alig.th} bit for bit.
 *
 * <p>Arrays of a workspace may be used while the workspace is open. A method that would use an
 * array of a closed workspace throws {@link org.nd4j.linalg.exception.ND4JIllegalStateException},
 * as ND4J's operations do.
 *
 * <p>A method that throws has changed nothing. This class is not thread-safe: only one thread at a
 * time may use an optimizer and its parameters.
 *
 * <p>Source: L. Berrada, A. Zisserman, M. P. Kumar, "Training Neural Networks for and by
 * Interpolation", ICML 2020, arXiv:1906.05661.
 */
public final class AliG {
  private final Engine<?> engine;

  AliG(Engine<?> engine) {
    this.engine = engine;
  }

  /** A builder with the defaults of {@code alig.th}: no cap, no momentum, no ball, eps 1e-5. */
  public static AliGBuilder builder() {
    return new AliGBuilder();
  }

  /**
   * Takes one step on all groups, in place.
   *
   * <p>Each group has the step size η = min((loss − lowerBound) / (Σ‖g‖² + eps), maxLearningRate),
   * with the sum over all gradients present. The update follows {@link dev.alig.MomentumForm}. Then
   * all parameters are projected onto the ball.
   *
   * <ul>
   *   <li>A parameter without a gradient keeps its momentum, and its value except for the
   *       projection.
   *   <li>For negative losses see {@link dev.alig.NegativeLoss}, for NaN and infinities {@link
   *       dev.alig.NonFinite}.
   * </ul>
   *
   * @param loss the loss at the current parameters; the gradients must be those of this loss
   * @param gradients one per parameter in group order, each of its parameter's shape and type, in
   *     any layout; null for a parameter without a gradient
   * @return what the step did
   * @throws IllegalArgumentException if the number of gradients, a shape or a type differs, an
   *     array was closed, or {@link dev.alig.NegativeLoss#REFUSE} or {@link
   *     dev.alig.NonFinite#REFUSE} refuses a value; nothing has been changed then
   */
  public StepReport step(double loss, List<? extends @Nullable INDArray> gradients) {
    return engine.step(loss, gradients);
  }

  /** As {@link #step(double, List)}. */
  public StepReport step(double loss, @Nullable INDArray... gradients) {
    return engine.step(loss, Arrays.asList(gradients));
  }

  /**
   * Takes a step with given step sizes: the same update, momentum and projection.
   *
   * <p>Use it to test the update without the step rule, or to replay recorded runs.
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
   * Adds a group of parameters. The next projection includes them.
   *
   * @throws IllegalArgumentException if one has another type than the parameters, shares memory
   *     with a parameter or a momentum, or was closed
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
   * <p>If the momentum changes from 0, its buffers start at 0. If it changes to 0, the buffers keep
   * their values, and are used again when it is set to more than 0.
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
   * A copy of one parameter's momentum buffer v, outside any workspace; empty if its group never
   * had momentum.
   *
   * @throws IndexOutOfBoundsException if there is no such group or parameter
   */
  public Optional<INDArray> momentumBuffer(int group, int parameter) {
    return engine.momentumBuffer(group, parameter);
  }

  /**
   * Replaces one parameter's momentum buffer v by a copy of {@code values}, for example to continue
   * a run of another program.
   *
   * @throws IndexOutOfBoundsException if there is no such group or parameter
   * @throws IllegalArgumentException if shape or type differ from the parameter's, or the array was
   *     closed; nothing has been changed then
   */
  public void setMomentumBuffer(int group, int parameter, INDArray values) {
    engine.setMomentumBuffer(group, parameter, values);
  }

  /**
   * Uses an array of the caller as one parameter's momentum buffer v.
   *
   * <p>The array's values are the momentum, and each step changes them in place. So the buffer can
   * be part of a larger array that the caller saves. {@link #setMomentumBuffer} and {@link #load}
   * replace it by an array of the optimizer.
   *
   * @throws IndexOutOfBoundsException if there is no such group or parameter
   * @throws IllegalArgumentException if shape or type differ from the parameter's, the elements do
   *     not lie in memory in the parameter's order without gaps, the array was closed, or it shares
   *     memory with a parameter or another momentum; nothing has been changed then
   */
  public void useMomentumBuffer(int group, int parameter, INDArray buffer) {
    engine.useMomentumBuffer(group, parameter, buffer);
  }

  /**
   * √Σ‖w‖² over all parameters, computed as in the projection. It takes a pass over them.
   *
   * @throws IllegalArgumentException if a parameter was closed
   */
  public double parameterNorm() {
    return engine.parameterNorm();
  }

  /** The number of steps taken, without skipped ones. */
  public long stepCount() {
    return engine.stepCount();
  }

  /**
   * The last step's size of each group; zeros if the step was skipped, empty before the first step.
   */
  public List<Double> stepSizes() {
    return engine.stepSizes();
  }

  /**
   * Writes settings, step count and momentum. It does not write the parameters and the schedule.
   *
   * <p>Format 2, big-endian, as in {@link java.io.DataOutputStream}: the bytes "ALIG"; int format;
   * UTF data type; double eps; UTF momentum form; double radius; double lower bound; UTF
   * negative-loss policy; UTF non-finite policy; boolean wide norm; long step count; int number of
   * groups. For each group: double max learning rate; double momentum; int number of parameters.
   * For each parameter: int rank; one long per dimension; boolean whether momentum follows; the
   * momentum's elements in logical ('c') order, each in the bits of its type. At the end: the
   * CRC-32 of all bytes before, as an int.
   *
   * @param out the stream to write to; it is flushed and not closed
   * @throws IOException if {@code out} throws one
   */
  public void save(OutputStream out) throws IOException {
    engine.save(out);
  }

  /**
   * Restores what {@link #save} wrote, bit for bit, into an optimizer of the same groups.
   *
   * <p>The saved settings replace all settings except the schedule. If you restore the parameters
   * too, the run continues as if it had not been interrupted.
   *
   * @param in the stream to read; it is not read beyond the state, and not closed
   * @throws StateException if the state is damaged or of another format, or its groups, shapes or
   *     data type differ; nothing has been changed then
   * @throws IOException if {@code in} throws one; nothing has been changed then
   */
  public void load(InputStream in) throws IOException {
    engine.load(in);
  }
}
