package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Measures TensorFlow's gradient of one operation: the loss Σ weights · output is differentiated by
 * central differences along random directions.
 */
final class OpSlope {
  /** What came of it; gradients of variables themselves are built, and not measured again. */
  enum Kind {
    RIGHT,
    BUILDS,
    WRONG,
    NO_GRADIENT,
    FAILS,
    CRASHES,
    UNWRITTEN
  }

  /** A kind, and what was seen. */
  record Outcome(Kind kind, String seen) {}

  private static final int DIRECTIONS = 3;

  private final OpCase opCase;
  private final Random random = new Random(3);

  private OpSlope(OpCase opCase) {
    this.opCase = opCase;
  }

  /** Measures a case, with the loss made of one output. */
  static Outcome of(OpCase opCase, int output, boolean direct) {
    if (opCase.isWorkingMemory(output)) {
      return new Outcome(Kind.UNWRITTEN, "working memory, which the kernel may leave as it is");
    }
    try (Graph graph = new Graph()) {
      return new OpSlope(opCase).measure(graph, output, direct);
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      Kind kind = message.contains("No gradient defined") ? Kind.NO_GRADIENT : Kind.FAILS;
      return new Outcome(kind, message.lines().findFirst().orElse(""));
    }
  }

  /** The outputs of a case that have derivatives, each of which may make the loss. */
  static List<Integer> outputs(OpCase opCase) {
    try (Graph graph = new Graph()) {
      GraphOperation operation = opCase.build(Ops.create(graph), new ArrayList<>(), false);
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < operation.numOutputs(); i++) {
        if (Passage.isDifferentiable(operation.output(i))) {
          found.add(i);
        }
      }
      return found;
    }
  }

  /**
   * A loss of one output of a case.
   *
   * @param direct whether the operation takes variables themselves, not their identity
   */
  static Operand<? extends TNumber> loss(
      Ops tf, OpCase opCase, int output, List<Variable<?>> variables, boolean direct) {
    return loss(tf, opCase.build(tf, variables, direct).output(output));
  }

  @SuppressWarnings("unchecked")
  private static Operand<? extends TNumber> loss(Ops tf, Output<?> output) {
    return output.dataType() == DataType.DT_COMPLEX64
        ? tf.math.add(
            weighted(tf, part(tf, "Real", output), 0.25), weighted(tf, part(tf, "Imag", output), 1))
        : weighted(tf, (Operand<? extends TNumber>) output, 0.5);
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> part(Ops tf, String op, Output<?> complex) {
    Output<?> part =
        tf.scope()
            .env()
            .opBuilder(op, tf.scope().makeOpName(op), tf.scope())
            .addInput(complex)
            .setAttr("Tout", DataType.DT_FLOAT)
            .build()
            .output(0);
    return (Operand<TFloat32>) part;
  }

  /** Weights 1.5 + sin(phase + n²) of the n-th element, which repeat along no axis. */
  private static <T extends TNumber> Operand<T> weighted(Ops tf, Operand<T> value, double phase) {
    Operand<T> flat = tf.reshape(value, tf.constant(new int[] {-1}));
    Operand<TFloat64> numbers =
        tf.dtypes.cast(tf.range(tf.constant(0), tf.size(flat), tf.constant(1)), TFloat64.class);
    Operand<TFloat64> angles = tf.math.add(tf.constant(phase), tf.math.mul(numbers, numbers));
    Operand<TFloat64> weights = tf.math.add(tf.constant(1.5), tf.math.sin(angles));
    return tf.reduceSum(tf.math.mul(flat, tf.dtypes.cast(weights, value.type())), tf.constant(0));
  }

  private Outcome measure(Graph graph, int output, boolean direct) {
    List<Variable<?>> variables = new ArrayList<>();
    Output<?> loss = loss(Ops.create(graph), opCase, output, variables, direct).asOutput();
    Output<?>[] gradients =
        graph.addGradients(
            loss, variables.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    if (direct) {
      return new Outcome(Kind.BUILDS, "not compared");
    }
    try (Session session = new Session(graph)) {
      List<double[]> at = fetch(session, List.copyOf(variables), List.of(), List.of());
      List<double[]> gradient = new ArrayList<>();
      List<Operand<?>> present = new ArrayList<>();
      for (Output<?> one : gradients) {
        if (!one.isClosed()) {
          // One output may be the gradient of several variables, and is fetched once only.
          present.add(Ops.create(graph).identity(one));
        }
      }
      List<double[]> fetched = fetch(session, present, List.of(), List.of());
      String absent = "";
      for (int i = 0; i < gradients.length; i++) {
        boolean closed = gradients[i].isClosed();
        absent += closed ? "; none for variable " + i : "";
        gradient.add(closed ? new double[at.get(i).length] : fetched.remove(0));
        if (gradient.get(i).length != at.get(i).length) {
          return new Outcome(Kind.WRONG, "the gradient of variable " + i + " has another shape");
        }
      }
      return compare(session, loss, variables, at, gradient, absent);
    }
  }

  private Outcome compare(
      Session session,
      Output<?> loss,
      List<Variable<?>> variables,
      List<double[]> at,
      List<double[]> gradient,
      String absent) {
    // A central difference is off by step² times a third derivative, and by the loss's rounding
    // over the step: some 1e-10 in TFloat64, and 1e-4 in TFloat32.
    double step = opCase.isCoarse() ? 0x1p-7 : 0x1p-17;
    double allowed = opCase.isCoarse() ? 1e-2 : 1e-6;
    double worst = 0;
    for (int d = 0; d < DIRECTIONS; d++) {
      List<double[]> above = new ArrayList<>();
      List<double[]> below = new ArrayList<>();
      double claimed = 0;
      double size = 1e-2;
      for (int i = 0; i < at.size(); i++) {
        double[] direction = random.doubles(at.get(i).length, -1, 1).toArray();
        above.add(moved(at.get(i), direction, step));
        below.add(moved(at.get(i), direction, -step));
        for (int j = 0; j < direction.length; j++) {
          claimed += direction[j] * gradient.get(i)[j];
          size += Math.abs(direction[j] * gradient.get(i)[j]);
        }
      }
      double measured =
          (value(session, loss, variables, above) - value(session, loss, variables, below))
              / (2 * step);
      double off = Math.abs(measured - claimed) / Math.max(size, Math.abs(measured));
      if (!(off <= allowed)) {
        String seen = "slope %.6g, but %.6g by the gradient".formatted(measured, claimed);
        return new Outcome(Kind.WRONG, seen + absent);
      }
      worst = Math.max(worst, off);
    }
    return new Outcome(Kind.RIGHT, "off by %.1e".formatted(worst) + absent);
  }

  private static double[] moved(double[] at, double[] direction, double step) {
    double[] moved = at.clone();
    for (int i = 0; i < at.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  private static double value(
      Session session, Output<?> loss, List<Variable<?>> variables, List<double[]> at) {
    return fetch(session, List.of(loss), variables, at).get(0)[0];
  }

  private static List<double[]> fetch(
      Session session,
      List<? extends Operand<?>> fetched,
      List<Variable<?>> fed,
      List<double[]> values) {
    List<double[]> all = new ArrayList<>();
    if (fetched.isEmpty()) {
      return all;
    }
    List<Tensor> tensors = new ArrayList<>();
    Session.Runner runner = session.runner();
    fetched.forEach(runner::fetch);
    for (int i = 0; i < fed.size(); i++) {
      tensors.add(Values.tensor(fed.get(i), values.get(i)));
      runner.feed(fed.get(i), tensors.get(i));
    }
    try (Result result = runner.run()) {
      result.forEach(
          entry ->
              all.add(Values.of(entry.getValue()).stream().mapToDouble(value -> value).toArray()));
    } finally {
      tensors.forEach(Tensor::close);
    }
    return all;
  }
}
