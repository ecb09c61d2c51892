package dev.alig.tensorflow;

import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.internal.types.registry.TensorTypeRegistry;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.train.ApplyGradientDescent;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.op.train.ResourceApplyGradientDescent;
import org.tensorflow.op.train.ResourceApplyKerasMomentum;
import org.tensorflow.op.train.ResourceApplyMomentum;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A variable that can be trained: a reference variable, as {@code tf.variable} creates it, or a
 * resource variable, as Python's TensorFlow 2 and {@code tf.varHandleOp} create it.
 *
 * <p>The output of a reference variable is its value. The output of a resource variable is a
 * handle, and operations such as ReadVariableOp get its value.
 *
 * @param <T> the type of its elements
 */
sealed interface Trainable<T extends TType> {
  /** The scalars of an update, in the variable's type: γ, −γ and μ. */
  record Scalars<T extends TType>(
      Operand<T> stepSize, Operand<T> negated, Optional<Operand<T>> momentum) {}

  /** The variable's value or handle, by which users list it. */
  Output<?> output();

  /** The type of its elements. */
  Class<T> type();

  /** Its shape, as far as it is known. */
  Shape shape();

  /** Its value when the operations that the scope waits for have ended. */
  Operand<T> value(Ops tf);

  /** Sets it. The value may have another shape only if the variable's shape is not known. */
  Op assign(Ops tf, Operand<T> value);

  /** Its lengths in a session. */
  Operand<TInt32> lengths(Ops tf);

  /** Adds a variable of the same kind, type and shape, whose name is in no use yet. */
  Trainable<T> sibling(Ops tf, String name);

  /** Adds p ← p − γg. */
  Op descend(Ops tf, Operand<T> gradient, Scalars<T> scalars);

  /** Adds a ← μa + g, p ← p − (γg + γμa). */
  Op adjusted(Ops tf, Operand<T> gradient, Trainable<T> slot, Scalars<T> scalars);

  /** Adds v ← μv − γg, p ← p − (γg − μv). */
  Op standard(Ops tf, Operand<T> gradient, Trainable<T> slot, Scalars<T> scalars);

  /** Gives the next operation a name, which may lie in name scopes, as in {@code layer/w}. */
  static Ops named(Ops tf, String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? tf.withName(name)
        : named(tf.withSubScope(name.substring(0, slash)), name.substring(slash + 1));
  }

  /** Whether an operation is a variable of either kind. */
  static boolean isVariable(GraphOperation operation) {
    return operation.type().equals(Optimizer.VARIABLE_V2) || isResource(operation);
  }

  /** Whether an operation is the handle of a resource variable. */
  static boolean isResource(GraphOperation operation) {
    return operation.type().equals(VarHandleOp.OP_NAME);
  }

  /** Whether an operation is a variable of real floating-point numbers. */
  static boolean isFloating(GraphOperation operation) {
    return isVariable(operation)
        && switch (operation.attributes().getAttrType("dtype")) {
          case DT_HALF, DT_BFLOAT16, DT_FLOAT, DT_DOUBLE -> true;
          default -> false;
        };
  }

  /** The variable with this output, which {@link #isVariable} accepts. */
  @SuppressWarnings("unchecked")
  static <T extends TType> Trainable<T> of(Output<?> output) {
    GraphOperation operation = (GraphOperation) output.op();
    if (!isResource(operation)) {
      return new Reference<>((Output<T>) output);
    }
    DataType type = operation.attributes().getAttrType("dtype");
    return new Resource<>(
        output,
        (Class<T>) TensorTypeRegistry.find(type).type(),
        operation.attributes().getAttrShape("shape"));
  }

  /** A reference variable. */
  record Reference<T extends TType>(Output<T> output) implements Trainable<T> {
    @Override
    public Class<T> type() {
      return output.type();
    }

    @Override
    public Shape shape() {
      return output.shape();
    }

    @Override
    public Operand<T> value(Ops tf) {
      return output;
    }

    @Override
    public Op assign(Ops tf, Operand<T> value) {
      return tf.assign(output, value, Assign.validateShape(!shape().hasUnknownDimension()));
    }

    @Override
    public Operand<TInt32> lengths(Ops tf) {
      return tf.shape(output);
    }

    @Override
    public Trainable<T> sibling(Ops tf, String name) {
      return new Reference<>(named(tf, name).variable(shape(), type()).asOutput());
    }

    @Override
    public Op descend(Ops tf, Operand<T> gradient, Scalars<T> scalars) {
      return tf.train.applyGradientDescent(
          output, scalars.stepSize(), gradient, ApplyGradientDescent.useLocking(true));
    }

    @Override
    public Op adjusted(Ops tf, Operand<T> gradient, Trainable<T> slot, Scalars<T> scalars) {
      return momentum(tf, slot, scalars.stepSize(), gradient, scalars);
    }

    /** By the kernel of the other form, with learning rate −1 and gradient −γg. */
    @Override
    public Op standard(Ops tf, Operand<T> gradient, Trainable<T> slot, Scalars<T> scalars) {
      Operand<T> rate = tf.dtypes.cast(tf.constant(-1.0), type());
      return momentum(tf, slot, rate, product(tf, gradient, scalars.negated()), scalars);
    }

    private Op momentum(
        Ops tf, Trainable<T> slot, Operand<T> rate, Operand<T> gradient, Scalars<T> scalars) {
      return tf.train.applyMomentum(
          output,
          ((Reference<T>) slot).output,
          rate,
          gradient,
          scalars.momentum().orElseThrow(),
          ApplyMomentum.useNesterov(true),
          ApplyMomentum.useLocking(true));
    }

    private static <T extends TType> Operand<T> product(Ops tf, Operand<T> a, Operand<T> b) {
      return tf.math.mul(a, b);
    }
  }

  /** A resource variable. */
  record Resource<T extends TType>(Output<?> output, Class<T> type, Shape shape)
      implements Trainable<T> {
    /**
     * The name under which sessions keep the value. Handles of one name share a value, also if the
     * name is empty.
     */
    String sharedName() {
      return ((GraphOperation) output.op()).attributes().getAttrString("shared_name");
    }

    /**
     * {@inheritDoc}
     *
     * <p>The identity keeps this read apart from those that {@code Session.Runner.fetch} uses for a
     * handle: it takes any ReadVariableOp of the handle, and would run what this one waits for.
     */
    @Override
    public Operand<T> value(Ops tf) {
      return tf.readVariableOp(tf.identity(output), type);
    }

    @Override
    public Op assign(Ops tf, Operand<T> value) {
      return tf.assignVariableOp(
          output, value, AssignVariableOp.validateShape(!shape.hasUnknownDimension()));
    }

    /** A constant if the shape is known, so that the variable need not be initialized. */
    @Override
    public Operand<TInt32> lengths(Ops tf) {
      return shape.hasUnknownDimension()
          ? tf.variableShape(output)
          : tf.constant(Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray());
    }

    @Override
    public Trainable<T> sibling(Ops tf, String name) {
      VarHandleOp handle = named(tf, name).varHandleOp(type, shape, VarHandleOp.sharedName(name));
      return new Resource<>(handle.asOutput(), type, shape);
    }

    @Override
    public Op descend(Ops tf, Operand<T> gradient, Scalars<T> scalars) {
      return tf.train.resourceApplyGradientDescent(
          output, scalars.stepSize(), gradient, ResourceApplyGradientDescent.useLocking(true));
    }

    @Override
    public Op adjusted(Ops tf, Operand<T> gradient, Trainable<T> slot, Scalars<T> scalars) {
      return tf.train.resourceApplyMomentum(
          output,
          slot.output(),
          scalars.stepSize(),
          gradient,
          scalars.momentum().orElseThrow(),
          ResourceApplyMomentum.useNesterov(true),
          ResourceApplyMomentum.useLocking(true));
    }

    @Override
    public Op standard(Ops tf, Operand<T> gradient, Trainable<T> slot, Scalars<T> scalars) {
      return tf.train.resourceApplyKerasMomentum(
          output,
          slot.output(),
          scalars.stepSize(),
          gradient,
          scalars.momentum().orElseThrow(),
          ResourceApplyKerasMomentum.useNesterov(true),
          ResourceApplyKerasMomentum.useLocking(true));
    }
  }
}
