package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Reads tensors without adding to the graph. */
final class Values {
  private Values() {}

  /** The elements of what a run gives, boxed: equal if NaN or zeros of one sign are. */
  static List<Double> of(Session session, Operand<?> operand) {
    try (var result = session.runner().fetch(operand).run()) {
      return of(result.get(0));
    }
  }

  /** The same for several at once, which TensorFlow prepares faster than one after another. */
  static List<List<Double>> ofAll(Session session, List<? extends Operand<?>> operands) {
    Session.Runner runner = session.runner();
    operands.forEach(runner::fetch);
    List<List<Double>> all = new ArrayList<>();
    try (var result = runner.run()) {
      result.forEach(entry -> all.add(of(entry.getValue())));
    }
    return all;
  }

  static double scalar(Session session, Operand<?> operand) {
    return of(session, operand).get(0);
  }

  static List<Double> of(Tensor tensor) {
    List<Double> values = new ArrayList<>();
    if (tensor instanceof TFloat64 doubles) {
      doubles.scalars().forEach(element -> values.add(element.getDouble()));
    } else if (tensor instanceof TFloat32 floats) {
      floats.scalars().forEach(element -> values.add((double) element.getFloat()));
    } else if (tensor instanceof TFloat16 halves) {
      halves.scalars().forEach(element -> values.add((double) element.getFloat()));
    } else if (tensor instanceof TBfloat16 halves) {
      halves.scalars().forEach(element -> values.add((double) element.getFloat()));
    } else {
      throw new IllegalArgumentException("no floating-point tensor: " + tensor.dataType());
    }
    return values;
  }

  /**
   * The value of a variable. For the handle of a resource variable this adds an operation that
   * reads it, because a session fetches the value of some handles only.
   */
  static Operand<?> value(Operand<?> variable) {
    return variable.op().type().equals(VarHandleOp.OP_NAME)
        ? Ops.create((Graph) variable.env())
            .readVariableOp(variable, Trainable.of(variable.asOutput()).type())
        : variable;
  }

  /** A tensor of a variable's type and shape. */
  static Tensor tensor(Operand<?> variable, double[] elements) {
    int[] next = {0};
    if (variable.asOutput().type() == TFloat32.class) {
      TFloat32 floats = TFloat32.tensorOf(variable.shape());
      floats.scalars().forEach(element -> element.setFloat((float) elements[next[0]++]));
      return floats;
    }
    TFloat64 doubles = TFloat64.tensorOf(variable.shape());
    doubles.scalars().forEach(element -> element.setDouble(elements[next[0]++]));
    return doubles;
  }
}
