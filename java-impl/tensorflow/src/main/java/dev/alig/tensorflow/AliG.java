package dev.alig.tensorflow;

import dev.alig.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * ALI-G for TensorFlow-Java: an optimizer that computes its step size from the loss.
 *
 * <pre>{@code
 * AliG optimizer = AliG.builder(graph).maxLearningRate(0.1).momentum(0.9).build();
 * Op train = optimizer.minimize(loss);
 * try (Session session = new Session(graph)) {
 *   session.runner().feed(x, batch).feed(y, labels).addTarget(train).run();
 * }
 * }</pre>
 *
 * <p>Each group has the step size η = min((loss − lowerBound) / (Σ‖g‖² + eps), maxLearningRate),
 * with the sum over the gradients of all variables. The update follows {@link
 * dev.alig.MomentumForm}. Then all variables are projected onto the ball. {@link #minimize} returns
 * the operation that takes one step per run. It reads all gradients before it writes any variable,
 * and projects after all variables are written.
 *
 * <p>Variables are created by {@code tf.variable}, or they are resource variables, as Python's
 * TensorFlow 2 makes them; list such a variable by its handle, a VarHandleOp. A graph may have
 * both. They must have the same type: TFloat16, TBfloat16, TFloat32 or TFloat64. Hyperparameters
 * are {@code double} and are converted to that type once.
 *
 * <p>You can fetch what a step did in the same run: {@link #stepSize}, {@link #stepSizes}, {@link
 * #unclippedStepSize}, {@link #gradientNorm}, {@link #normOverflowed}. These methods throw {@link
 * IllegalStateException} before {@link #minimize} was called. The momentum is in variables, the
 * slots {@value #MOMENTUM}, so {@code Session.save}, {@code restore} and SavedModel include it.
 * They include resource variables too, because {@link #minimize} adds a saver to a graph that has
 * some.
 *
 * <p>An optimizer minimizes one loss. A method that throws adds no operation to the graph, except
 * if TensorFlow itself throws or has added gradients before; those operations are never run. Not
 * thread-safe, like the graph.
 *
 * <p>Source: Berrada, Zisserman, Kumar, ICML 2020, arXiv:1906.05661, algorithm 1.
 */
public final class AliG extends Optimizer {
  /** The default name scope of the optimizer's operations. */
  public static final String NAME = "AliG";

  /**
   * The name of the slot of the momentum buffer v. It holds v in the standard form. In the adjusted
   * form it holds −v, like the slots of {@code alig.tf} and of TensorFlow's own Momentum.
   */
  public static final String MOMENTUM = "momentum";

  private final Plan plan;
  private final Ops scope;
  private final Slots slots;
  private final GradientSource source;
  private @Nullable Step<?> step;

  AliG(Plan plan) {
    super(plan.graph(), plan.name());
    this.plan = plan;
    this.scope = Ops.create(graph).withSubScope(plan.name());
    this.slots = new Slots(graph);
    this.source = new GradientSource(plan);
  }

  /** ALI-G with the defaults of {@code alig.th}: no cap, no momentum, no ball, eps 1e-5. */
  public AliG(Graph graph) {
    this(builder(graph).plan());
  }

  /** ALI-G with a cap, which must be more than 0, and without momentum. */
  public AliG(Graph graph, double maxLearningRate) {
    this(graph, maxLearningRate, 0);
  }

  /**
   * ALI-G with a cap, which must be more than 0, and standard momentum, which must not be negative.
   */
  public AliG(Graph graph, double maxLearningRate, double momentum) {
    this(builder(graph).maxLearningRate(maxLearningRate).momentum(momentum).plan());
  }

  /** A builder with the defaults of {@code alig.th}: no cap, no momentum, no ball, eps 1e-5. */
  public static AliGBuilder builder(Graph graph) {
    return new AliGBuilder(graph);
  }

  @Override
  public String getOptimizerName() {
    return NAME;
  }

  /** The settings that all groups share. */
  public Settings settings() {
    return plan.settings();
  }

  /**
   * Adds a step on all variables for which the loss has a gradient.
   *
   * <p>Other variables of the graph, such as metrics and the slots of other optimizers, do not
   * change.
   *
   * @return the operation that takes one step
   * @throws IllegalArgumentException if the loss is not a scalar, or belongs to another graph or an
   *     eager session; if no variable has a gradient, or a variable of a group has none; if a
   *     variable has another type than the loss; or if TensorFlow's gradient of an operation is
   *     missing, wrong, or was not measured
   * @throws IllegalStateException if this optimizer already minimizes a loss, or the graph's saver
   *     would not save its momentum
   */
  @Override
  public Op minimize(Operand<?> loss) {
    return minimize(loss, NAME + "-minimize");
  }

  /** As {@link #minimize(Operand)}, with a name for the operation. */
  @Override
  public Op minimize(Operand<?> loss, String name) {
    return applyGradients(loss, computeGradients(loss), name);
  }

  /**
   * Adds a step on these variables and those of the groups.
   *
   * @throws IllegalArgumentException as {@link #minimize(Operand)}, and if the loss does not depend
   *     on one of the variables
   */
  public Op minimize(Operand<?> loss, List<? extends Operand<?>> variables) {
    return minimize(loss, variables, NAME + "-minimize");
  }

  /** As {@link #minimize(Operand, List)}, with a name for the operation. */
  public Op minimize(Operand<?> loss, List<? extends Operand<?>> variables, String name) {
    return applyGradients(loss, computeGradients(loss, variables), name);
  }

  /** The gradients of all variables for which the loss has one. */
  @Override
  public <T extends TType> List<GradAndVar<?>> computeGradients(Operand<?> loss) {
    requireUnused();
    return source.of(loss, Gradients::ofAll);
  }

  /**
   * The gradients of these variables and those of the groups.
   *
   * @throws IllegalArgumentException if the loss does not depend on one of them
   */
  public List<GradAndVar<?>> computeGradients(
      Operand<?> loss, List<? extends Operand<?>> variables) {
    requireUnused();
    return source.of(loss, gradients -> gradients.of(variables));
  }

  /**
   * Measures whether TensorFlow's gradient of a loss is its slope, at the variables' values in a
   * session. If it is, {@link #minimize} accepts this loss even if it has operations whose
   * gradients this project has not measured, such as your own.
   *
   * @param feeds values for the placeholders that the loss needs
   * @return the result; the session's variables do not change
   * @throws IllegalArgumentException as {@link #minimize(Operand)}
   */
  public SlopeCheck verifySlope(
      Session session, Operand<?> loss, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    requireUnused();
    return source.verifySlope(session, loss, feeds);
  }

  /**
   * Not supported: the step size depends on the loss.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Op applyGradients(List<GradAndVar<? extends TType>> gradsAndVars, String name) {
    throw new UnsupportedOperationException(
        "ALI-G's step size depends on the loss;"
            + " call applyGradients(loss, gradsAndVars, name) instead");
  }

  /**
   * Adds a step with given gradients, for example those of {@link #computeGradients(Operand)} after
   * clipping.
   *
   * @param loss the loss whose gradients these are
   * @param gradsAndVars a gradient for each variable; null for a variable without a gradient, which
   *     keeps its momentum, and its value except for the projection
   * @return the operation that takes one step
   * @throws IllegalArgumentException as {@link #minimize(Operand)}, but with {@link
   *     Semantics#PYTORCH} no variable needs a gradient
   */
  public Op applyGradients(
      Operand<?> loss, List<? extends GradAndVar<?>> gradsAndVars, String name) {
    requireUnused();
    Operand<TFloating> number = Checks.requireLoss(loss, graph);
    List<BoundGroup> given = BoundGroup.of(plan, gradsAndVars);
    List<Output<?>> variables = BoundGroup.variables(given);
    Checks.requireOneType(loss.asOutput(), variables);
    if (plan.semantics() == Semantics.TF1 && given.stream().noneMatch(BoundGroup::hasGradient)) {
      throw new IllegalArgumentException(
          "no variable has a gradient, which the semantics TF1 refuses; use PYTORCH for such a step");
    }
    Slots.requireSaved(plan, given);
    List<BoundGroup> groups = source.copied(scope, given);
    createSlots(BoundGroup.withMomentum(groups));
    Step<?> next = new Step<>(scope, plan, groups, number, source.conditions());
    step = next;
    List<Op> updates =
        BoundGroup.present(groups).map(pair -> update(next.writing(), pair)).toList();
    Op taken = finish(List.of(next.end(updates)), name);
    if (!plan.unsavedMomentum()) {
      Saver.addForResources(graph);
    }
    return taken;
  }

  /**
   * The first projection. Run it once, after the variables are initialized and before the first
   * step, which fails otherwise. {@code alig.th} does this projection in its constructor.
   *
   * @throws IllegalStateException if there is no ball, or {@link #minimize} was not called yet
   */
  public Op projection() {
    return built()
        .projection()
        .orElseThrow(
            () -> new IllegalStateException("there is no ball; set one with l2Ball(radius)"));
  }

  /**
   * The mean of the groups' step sizes in this run, which the authors' optimizers call {@code
   * step_size}.
   */
  public Output<TFloat64> stepSize() {
    return built().sizes().mean().asOutput();
  }

  /**
   * The step size of each group in this run, in the builder's order; the variables in no group are
   * the last group. Zeros if the step was skipped.
   */
  public List<Output<TFloat64>> stepSizes() {
    return built().sizes().ofGroups().stream().map(Operand::asOutput).toList();
  }

  /** (loss − lowerBound) / (Σ‖g‖² + eps) in this run, before any cap. */
  public Output<TFloat64> unclippedStepSize() {
    return built().sizes().unclipped().asOutput();
  }

  /** √Σ‖g‖² over all gradients in this run; 0 if there is none. */
  public Output<TFloat64> gradientNorm() {
    return built().sizes().gradientNorm().asOutput();
  }

  /**
   * Whether Σ‖g‖² overflowed in this run: it is infinite in the variables' type although every
   * gradient is finite.
   *
   * <p>Then a finite loss gives the step size 0. The squared norm overflows for a norm of 256 in
   * TFloat16, and of 1.8e19 in TFloat32 and TBfloat16. {@link AliGBuilder#wideNorm} avoids it.
   */
  public Output<TBool> normOverflowed() {
    return built().sizes().normOverflowed().asOutput();
  }

  @Override
  protected void createSlots(List<Output<? extends TType>> variables) {
    variables.forEach(variable -> slots.create(scope, variable));
  }

  @Override
  protected <T extends TType> Op applyDense(Ops deps, Output<T> gradient, Output<T> variable) {
    return move(built(), deps, gradient, variable);
  }

  private <N extends TNumber> Op move(
      Step<N> built, Ops deps, Output<?> gradient, Output<?> variable) {
    return built.move(deps, gradient, variable, slots.<N>of(variable));
  }

  private <T extends TType> Op update(Ops deps, GradAndVar<T> pair) {
    return applyDense(deps, pair.getGradient(), pair.getVariable());
  }

  @Override
  public <T extends TType> Optional<Variable<T>> getSlot(Output<T> variable, String slotName) {
    return slotName.equals(MOMENTUM)
        ? slots
            .<T>of(variable)
            .filter(Trainable.Reference.class::isInstance)
            .map(slot -> new Variable<>(slot.output().op()))
        : Optional.empty();
  }

  /**
   * The slot of a variable's momentum; empty if its group has no momentum. It is a variable of the
   * same kind: for a resource variable it is the handle of a resource variable. Get its value with
   * {@code tf.readVariableOp}, because {@code Session.Runner.fetch} fails for many handles.
   */
  public Optional<Output<?>> momentum(Operand<?> variable) {
    return slots.of(variable.asOutput()).map(Trainable::output);
  }

  private Step<?> built() {
    if (step == null) {
      throw new IllegalStateException("call minimize first; this optimizer has no step yet");
    }
    return step;
  }

  private void requireUnused() {
    if (step != null) {
      throw new IllegalStateException(
          "this optimizer minimizes a loss already; build another for the next loss");
    }
  }
}
