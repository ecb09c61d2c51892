package dev.alig.tensorflow;

import dev.alig.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * ALI-G, an optimizer that finds its step size from the loss, for TensorFlow-Java.
 *
 * <pre>{@code
 * AliG optimizer = AliG.builder(graph).maxLearningRate(0.1).momentum(0.9).build();
 * Op train = optimizer.minimize(loss);
 * try (Session session = new Session(graph)) {
 *   session.runner().feed(x, batch).feed(y, labels).addTarget(train).run();
 * }
 * }</pre>
 *
 * <p>η = min((loss − lowerBound) / (Σ‖g‖² + eps), maxLearningRate) per group, Σ over the gradients
 * of all variables; then the momentum form's update of each variable, then the projection onto the
 * ball. One run of the operation that {@link #minimize} answers with takes one step: it reads all
 * gradients before it writes any variable, and projects after it wrote all.
 *
 * <p>Variables are those that {@code tf.variable} makes, of one type: TFloat16, TBfloat16, TFloat32
 * or TFloat64. Hyperparameters are {@code double} and are converted to that type once.
 *
 * <p>What a step did can be fetched in the same run: {@link #stepSize}, {@link #stepSizes}, {@link
 * #unclippedStepSize}, {@link #gradientNorm}. Momentum is kept in variables, in the slot {@value
 * #MOMENTUM}, so that {@code Session.save}, {@code restore} and SavedModel carry it.
 *
 * <p>An optimizer minimizes one loss; methods that throw have added nothing to the graph, unless
 * TensorFlow itself raised the error or was asked for gradients first; those are never run. Not
 * thread safe, as the graph is not.
 *
 * <p>L. Berrada, A. Zisserman, M. P. Kumar, "Training Neural Networks for and by Interpolation",
 * ICML 2020, arXiv:1906.05661.
 */
public final class AliG extends Optimizer {
  /** The scope that operations are named in unless the builder sets another. */
  public static final String NAME = "AliG";

  /**
   * The slot of the momentum v: v itself in the standard form, −v in the adjusted form, where it is
   * what {@code alig.tf} and the framework's own Momentum hold.
   */
  public static final String MOMENTUM = "momentum";

  private final Plan plan;
  private final Ops scope;
  private final Slots slots;
  private final Copies copies = new Copies();
  private @Nullable Step<?> step;

  AliG(Plan plan) {
    super(plan.graph(), plan.name());
    this.plan = plan;
    this.scope = Ops.create(graph).withSubScope(plan.name());
    this.slots = new Slots(graph);
  }

  /** ALI-G as {@code alig.th.AliG(params)}: no cap, no momentum, no ball, eps 1e-5. */
  public AliG(Graph graph) {
    this(builder(graph).plan());
  }

  /** ALI-G with a cap, and without momentum. */
  public AliG(Graph graph, double maxLearningRate) {
    this(graph, maxLearningRate, 0);
  }

  /**
   * ALI-G with a cap and standard momentum.
   *
   * @throws IllegalArgumentException if the cap is not more than 0, or the momentum negative or NaN
   */
  public AliG(Graph graph, double maxLearningRate, double momentum) {
    this(builder(graph).maxLearningRate(maxLearningRate).momentum(momentum).plan());
  }

  /** A builder with the original's defaults: no cap, no momentum, no ball, eps 1e-5. */
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
   * Adds a step over every variable that the loss is computed from and has a gradient for.
   *
   * <p>Other variables of the graph, such as metrics and other optimizers' slots, are left alone.
   *
   * @return the operation that takes one step
   * @throws IllegalArgumentException if the loss is no scalar, of another graph or of an eager
   *     session; if no variable has a gradient; if a group's variable has none; or if a variable
   *     has another type than the loss
   * @throws IllegalStateException if this optimizer has minimized a loss before, or the graph's
   *     saver would miss its momentum
   */
  @Override
  public Op minimize(Operand<?> loss) {
    return minimize(loss, NAME + "-minimize");
  }

  /** {@link #minimize(Operand)}, with a name for the operation. */
  @Override
  public Op minimize(Operand<?> loss, String name) {
    return applyGradients(loss, computeGradients(loss), name);
  }

  /**
   * Adds a step over these variables, and those of groups.
   *
   * @throws IllegalArgumentException as {@link #minimize(Operand)}, and if the loss does not depend
   *     on one of the variables
   */
  public Op minimize(Operand<?> loss, List<? extends Operand<?>> variables) {
    return minimize(loss, variables, NAME + "-minimize");
  }

  /** {@link #minimize(Operand, List)}, with a name for the operation. */
  public Op minimize(Operand<?> loss, List<? extends Operand<?>> variables, String name) {
    return applyGradients(loss, computeGradients(loss, variables), name);
  }

  /** The gradients of every variable that the loss is computed from and has a gradient for. */
  @Override
  public <T extends TType> List<GradAndVar<?>> computeGradients(Operand<?> loss) {
    requireUnused();
    return copies.trust(new Gradients(graph, loss, plan.groups()).ofAll());
  }

  /**
   * The gradients of these variables, and those of groups.
   *
   * @throws IllegalArgumentException if the loss does not depend on one of them
   */
  public List<GradAndVar<?>> computeGradients(
      Operand<?> loss, List<? extends Operand<?>> variables) {
    requireUnused();
    return copies.trust(new Gradients(graph, loss, plan.groups()).of(variables));
  }

  /**
   * Not supported: the step size follows from the loss.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Op applyGradients(List<GradAndVar<? extends TType>> gradsAndVars, String name) {
    throw new UnsupportedOperationException(
        "ALI-G's step size follows from the loss;"
            + " call applyGradients(loss, gradsAndVars, name) instead");
  }

  /**
   * Adds a step along given gradients, such as those of {@link #computeGradients(Operand)} once
   * they were clipped.
   *
   * @param loss the loss that they are the gradients of
   * @param gradsAndVars a gradient for each variable; null for none, in which case the variable
   *     keeps its value, but for the projection, and its momentum
   * @return the operation that takes one step
   * @throws IllegalArgumentException as {@link #minimize(Operand)}, but {@link Semantics#PYTORCH}
   *     takes variables without any gradient
   */
  public Op applyGradients(
      Operand<?> loss, List<? extends GradAndVar<?>> gradsAndVars, String name) {
    requireUnused();
    Checks.requireLoss(loss, graph);
    List<BoundGroup> given = BoundGroup.of(plan, gradsAndVars);
    List<Output<?>> variables = BoundGroup.variables(given);
    Checks.requireOneType(loss.asOutput(), variables);
    if (plan.semantics() == Semantics.TF1 && given.stream().noneMatch(BoundGroup::hasGradient)) {
      throw new IllegalArgumentException(
          "no variable has a gradient, which the semantics TF1 refuses; PYTORCH takes such a step");
    }
    Slots.requireSaved(plan, given);
    List<BoundGroup> groups = copies.of(scope, given);
    createSlots(BoundGroup.withMomentum(groups));
    Step<?> next = new Step<>(scope, plan, groups, number(loss));
    step = next;
    List<Op> updates = new ArrayList<>();
    for (BoundGroup group : groups) {
      for (GradAndVar<?> pair : group.pairs()) {
        if (BoundGroup.isPresent(pair)) {
          updates.add(update(next.writing(), pair));
        }
      }
    }
    return finish(List.of(next.end(updates)), name);
  }

  /**
   * The projection by itself: run it once, when the variables are initialized and before the first
   * step, as the PyTorch original does at construction. A step refuses to run before it has.
   *
   * @throws IllegalStateException if there is no ball, or no loss has been minimized yet
   */
  public Op projection() {
    return built()
        .projection()
        .orElseThrow(
            () -> new IllegalStateException("there is no ball; set one with l2Ball(radius)"));
  }

  /**
   * The mean of the groups' step sizes in this run, which the originals call {@code step_size}.
   *
   * @throws IllegalStateException if no loss has been minimized yet
   */
  public Output<TFloat64> stepSize() {
    return built().sizes().mean().asOutput();
  }

  /**
   * The step size of each group in this run: groups in the builder's order, then the variables of
   * none. Zeros if the step was skipped.
   *
   * @throws IllegalStateException if no loss has been minimized yet
   */
  public List<Output<TFloat64>> stepSizes() {
    return built().sizes().ofGroups().stream().map(Operand::asOutput).toList();
  }

  /**
   * (loss − lowerBound) / (Σ‖g‖² + eps) in this run, before any cap.
   *
   * @throws IllegalStateException if no loss has been minimized yet
   */
  public Output<TFloat64> unclippedStepSize() {
    return built().sizes().unclipped().asOutput();
  }

  /**
   * √Σ‖g‖² over all gradients in this run, 0 without any.
   *
   * @throws IllegalStateException if no loss has been minimized yet
   */
  public Output<TFloat64> gradientNorm() {
    return built().sizes().gradientNorm().asOutput();
  }

  @Override
  protected void createSlots(List<Output<? extends TType>> variables) {
    variables.forEach(variable -> slots.create(scope, variable));
  }

  @Override
  protected <T extends TType> Op applyDense(Ops deps, Output<T> gradient, Output<T> variable) {
    return built().move(deps, gradient, variable, slots.of(variable));
  }

  private <T extends TType> Op update(Ops deps, GradAndVar<T> pair) {
    return applyDense(deps, pair.getGradient(), pair.getVariable());
  }

  /** A loss was checked to be a floating-point number. */
  @SuppressWarnings("unchecked")
  private static Operand<TFloating> number(Operand<?> loss) {
    return (Operand<TFloating>) loss;
  }

  @Override
  public <T extends TType> Optional<Variable<T>> getSlot(Output<T> variable, String slotName) {
    return slotName.equals(MOMENTUM) ? slots.of(variable) : Optional.empty();
  }

  private Step<?> built() {
    if (step == null) {
      throw new IllegalStateException("call minimize first; there is no step yet");
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
