package dev.alig.tensorflow;

import dev.alig.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * One step in a graph, in three stages: it reads, it writes, and it projects.
 *
 * @param <T> the type of loss, variables and gradients
 */
final class Step<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;
  private final Settings settings;
  private final boolean wideNorm;
  private final List<Trainable<T>> variables = new ArrayList<>();
  private final Map<String, Move<T>> moves = new HashMap<>();
  private final Guard guard;
  private final Ops writing;
  private final StepSizes sizes;
  private final Optional<Op> projection;

  /**
   * Adds everything that a step reads.
   *
   * @param conditions the conditions under which the gradients are right
   */
  Step(Ops scope, Plan plan, List<BoundGroup> groups, Operand<T> loss, List<Condition> conditions) {
    this.tf = scope;
    this.type = loss.type();
    this.settings = plan.settings();
    this.wideNorm = plan.settings().wideNorm();
    this.guard = new Guard(tf);
    BoundGroup.variables(groups).forEach(variable -> variables.add(Trainable.of(variable)));
    List<Operand<T>> gradients = gradients(groups);
    List<Optional<Operand<TFloat64>>> caps = groups.stream().map(this::cap).toList();
    StepSizes computed = new StepSizes.Builder<>(tf, type, plan).build(loss, gradients, caps);
    this.projection =
        settings.ball().isBounded() ? Optional.of(projectAtStart()) : Optional.empty();
    requireScalar(loss);
    conditions.forEach(condition -> condition.require(tf, guard));
    guard.addPolicies(settings, loss, gradients);
    List<Op> before = new ArrayList<>(gradients);
    before.addAll(guard.before());
    this.writing = tf.withControlDependencies(tf.withControlDependencies(before).noOp());
    for (int g = 0; g < groups.size(); g++) {
      addMove(groups.get(g), computed.ofGroups().get(g));
    }
    this.sizes = guard.isTaken().map(taken -> computed.zeroUnless(tf, taken)).orElse(computed);
  }

  /**
   * Checks a loss of unknown shape in each step. A known shape was checked when the step was built.
   */
  private void requireScalar(Operand<T> loss) {
    if (loss.shape().isUnknown()) {
      guard.require(
          tf.math.equal(tf.rank(loss), tf.constant(0)),
          "the loss must be a scalar; reduce it with tf.math.mean or tf.reduceSum over all its axes;"
              + " its shape was",
          tf.shape(loss));
    }
  }

  /**
   * The scope of a step's writes. They run after everything was read, and only if the guard's
   * conditions hold.
   */
  Ops writing() {
    return writing;
  }

  /** The update of one variable. */
  Op move(Ops deps, Output<?> gradient, Output<?> variable, Optional<Trainable<T>> slot) {
    Move<T> move = moves.get(variable.op().name());
    if (move == null) {
      throw new IllegalArgumentException(
          "variable %s is not part of this step; pass it to minimize or applyGradients"
              .formatted(variable.op().name()));
    }
    return move.of(deps, Trainable.of(variable), typed(gradient), slot);
  }

  /** An operation that ends when the updates have ended and the variables lie in the ball. */
  Op end(List<Op> updates) {
    if (!settings.ball().isBounded()) {
      return guard.after(updates);
    }
    List<Op> moved = new ArrayList<>(updates);
    moved.addAll(guard.before());
    double radius = settings.ball().radius();
    return guard.after(List.of(Projection.build(tf, type, variables, radius, wideNorm, moved)));
  }

  /** The projection before the first step, if there is a ball. */
  Optional<Op> projection() {
    return projection;
  }

  /** The reported scalars. The step sizes of a skipped step are 0. */
  StepSizes sizes() {
    return sizes;
  }

  /** The first projection, which records that it has run. A step fails if it has not. */
  private Op projectAtStart() {
    Ops init = tf.withInitScope();
    Variable<TBool> projected = init.withName("projected").variable(Shape.scalar(), TBool.class);
    init.assign(projected, init.constant(false));
    guard.require(
        projected,
        "the variables have not been projected onto the l2 ball yet;"
            + " run projection() of the optimizer once, before the first step; projected was",
        projected);
    Op done = Projection.build(tf, type, variables, settings.ball().radius(), wideNorm, List.of());
    Ops after = tf.withControlDependencies(done);
    return after.withName("project").assign(projected, after.constant(true));
  }

  private Optional<Operand<TFloat64>> cap(BoundGroup group) {
    Optional<Operand<TFloat64>> cap = group.group().cap().in(tf);
    if (group.group().cap() instanceof Cap.Scheduled) {
      Operand<TFloat64> value = cap.orElseThrow();
      guard.require(
          tf.math.greaterEqual(value, tf.constant(0.0)),
          "maxLearningRate must be >= 0, was",
          value);
    }
    return cap;
  }

  private List<Operand<T>> gradients(List<BoundGroup> groups) {
    List<Operand<T>> gradients = new ArrayList<>();
    BoundGroup.present(groups).forEach(pair -> gradients.add(typed(pair.getGradient())));
    return gradients;
  }

  private void addMove(BoundGroup group, Operand<TFloat64> stepSize) {
    Optional<Operand<TFloat64>> momentum =
        group.group().hasMomentum()
            ? Optional.of(tf.withName("momentum").constant(group.group().momentum()))
            : Optional.empty();
    Move<T> move = new Move<>(writing, type, settings.momentumForm(), stepSize, momentum);
    for (GradAndVar<?> pair : group.pairs()) {
      moves.put(pair.getVariable().op().name(), move);
    }
  }

  /**
   * Checked before: all variables have the loss's type, and gradients have their variables' type.
   */
  @SuppressWarnings("unchecked")
  private Operand<T> typed(Operand<?> operand) {
    return (Operand<T>) operand;
  }
}
