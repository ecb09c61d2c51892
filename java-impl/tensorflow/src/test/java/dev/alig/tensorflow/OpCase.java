package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.GraphOperation;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** One use of an operation: what it is given, so that its gradient can be measured. */
final class OpCase {
  /** Something that an operation is given. */
  private interface Argument {
    Operand<?> build(Ops tf, List<Variable<?>> variables, boolean direct);
  }

  private final String op;
  private String variant = "";
  private final List<List<Argument>> arguments = new ArrayList<>();
  private final List<Boolean> lists = new ArrayList<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private Class<? extends TNumber> type = TFloat64.class;
  private double low = 0.2;
  private double high = 0.9;
  private boolean signed = true;
  private boolean coarse;
  private int outputs = Integer.MAX_VALUE;
  private final Random random = new Random(7);

  private OpCase(String op) {
    this.op = op;
  }

  static OpCase of(String op) {
    return new OpCase(op);
  }

  /** What is special about this use. */
  OpCase when(String value) {
    variant = value;
    return this;
  }

  /** Variables are TFloat32, for kernels that know no other type. */
  OpCase narrow() {
    type = TFloat32.class;
    return this;
  }

  /** Something on the way is TFloat32, so that differences take long steps. */
  OpCase coarse() {
    coarse = true;
    return this;
  }

  /** Outputs after the first {@code count} are memory for the gradient's kernel. */
  OpCase workingMemoryAfter(int count) {
    outputs = count;
    return this;
  }

  boolean isWorkingMemory(int output) {
    return output >= outputs;
  }

  boolean isCoarse() {
    return coarse || type == TFloat32.class;
  }

  /** Variables lie in an interval; unless set, their absolute values lie in [0.2, 0.9]. */
  OpCase within(double from, double to) {
    low = from;
    high = to;
    signed = false;
    return this;
  }

  /** A variable whose elements are spread evenly, in random order. */
  OpCase in(long... shape) {
    return add(variable(shape));
  }

  /** A variable of these elements. */
  OpCase vector(double... elements) {
    return add(variable(new long[] {elements.length}, elements));
  }

  /** A variable of these elements. */
  OpCase given(long[] shape, double... elements) {
    return add(variable(shape, elements));
  }

  /** A complex number whose parts are two variables. */
  OpCase complex(long... shape) {
    type = TFloat32.class;
    Argument real = variable(shape);
    Argument imaginary = variable(shape);
    return add(
        (tf, variables, direct) ->
            built(
                tf,
                "Complex",
                Map.of("Tout", DataType.DT_COMPLEX64),
                real.build(tf, variables, direct),
                imaginary.build(tf, variables, direct)));
  }

  /** Several variables in one argument. */
  OpCase list(int count, long... shape) {
    List<Argument> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(variable(shape));
    }
    arguments.add(all);
    lists.add(true);
    return this;
  }

  /** Variables of several shapes in one argument. */
  OpCase together(long[]... shapes) {
    arguments.add(Arrays.stream(shapes).map(this::variable).toList());
    lists.add(true);
    return this;
  }

  /** Several constant vectors of integers in one argument. */
  OpCase intLists(int[]... vectors) {
    List<Argument> all = new ArrayList<>();
    for (int[] vector : vectors) {
      all.add((tf, variables, direct) -> tf.constant(vector));
    }
    arguments.add(all);
    lists.add(true);
    return this;
  }

  OpCase ints(int... values) {
    return add((tf, variables, direct) -> tf.constant(values));
  }

  OpCase matrix(int columns, int... values) {
    Shape shape = Shape.of(values.length / columns, columns);
    return add((tf, variables, direct) -> tf.constant(shape, DataBuffers.of(values)));
  }

  OpCase longs(long... values) {
    return add((tf, variables, direct) -> tf.constant(values));
  }

  OpCase longMatrix(int columns, long... values) {
    Shape shape = Shape.of(values.length / columns, columns);
    return add((tf, variables, direct) -> tf.constant(shape, DataBuffers.of(values)));
  }

  OpCase wide(long value) {
    return add((tf, variables, direct) -> tf.constant(value));
  }

  OpCase scalar(int value) {
    return add((tf, variables, direct) -> tf.constant(value));
  }

  OpCase number(double value) {
    return add((tf, variables, direct) -> tf.dtypes.cast(tf.constant(value), type));
  }

  OpCase floats(float... values) {
    return add((tf, variables, direct) -> tf.constant(values));
  }

  OpCase single(float value) {
    return add((tf, variables, direct) -> tf.constant(value));
  }

  /** Rows of four. */
  OpCase floats2(float... values) {
    Shape shape = Shape.of(values.length / 4, 4);
    return add((tf, variables, direct) -> tf.constant(shape, DataBuffers.of(values)));
  }

  OpCase bools(boolean... values) {
    return add((tf, variables, direct) -> tf.constant(values));
  }

  OpCase bool(boolean value) {
    return add((tf, variables, direct) -> tf.constant(value));
  }

  OpCase attr(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  OpCase attrInts(String name, long... values) {
    attributes.put(name, values);
    return this;
  }

  private OpCase add(Argument argument) {
    arguments.add(List.of(argument));
    lists.add(false);
    return this;
  }

  private Argument variable(long[] shape) {
    double[] elements = new double[(int) Shape.of(shape).size()];
    Integer[] order = new Integer[elements.length];
    Arrays.setAll(order, i -> i);
    List<Integer> shuffled = Arrays.asList(order);
    Collections.shuffle(shuffled, random);
    double place = 0.2 + 0.6 * random.nextDouble();
    for (int i = 0; i < elements.length; i++) {
      double value = low + (high - low) * (shuffled.get(i) + place) / elements.length;
      elements[i] = signed && random.nextBoolean() ? -value : value;
    }
    return variable(shape, elements);
  }

  private Argument variable(long[] shape, double[] elements) {
    return (tf, variables, direct) -> {
      Operand<TFloat64> wide = tf.constant(Shape.of(shape), DataBuffers.of(elements));
      Variable<?> variable =
          tf.withName("v" + variables.size()).variable(tf.dtypes.cast(wide, type));
      variables.add(variable);
      return direct ? variable : tf.identity(variable);
    };
  }

  /** Adds the operation to a graph, and the variables that it is given to the list. */
  GraphOperation build(Ops tf, List<Variable<?>> variables, boolean direct) {
    List<Object> inputs = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      List<Output<?>> outputs = new ArrayList<>();
      for (Argument argument : arguments.get(i)) {
        outputs.add(argument.build(tf, variables, direct).asOutput());
      }
      inputs.add(lists.get(i) ? outputs.toArray(new Output<?>[0]) : outputs.get(0));
    }
    return add(tf, op, attributes, inputs);
  }

  private static Operand<?> built(
      Ops tf, String op, Map<String, Object> attributes, Operand<?>... inputs) {
    List<Object> outputs = new ArrayList<>();
    for (Operand<?> input : inputs) {
      outputs.add(input.asOutput());
    }
    return add(tf, op, attributes, outputs).output(0);
  }

  private static GraphOperation add(
      Ops tf, String op, Map<String, Object> attributes, List<Object> inputs) {
    GraphOperationBuilder builder =
        (GraphOperationBuilder)
            tf.scope().env().opBuilder(op, tf.scope().makeOpName("measured"), tf.scope());
    for (Object input : inputs) {
      if (input instanceof Output<?>[] list) {
        builder.addInputList(list);
      } else {
        builder.addInput((Output<?>) input);
      }
    }
    attributes.forEach((name, value) -> set(builder, name, value));
    return builder.build();
  }

  private static void set(GraphOperationBuilder builder, String name, Object value) {
    if (value instanceof String text) {
      builder.setAttr(name, text);
    } else if (value instanceof Boolean flag) {
      builder.setAttr(name, flag);
    } else if (value instanceof Integer number) {
      builder.setAttr(name, number.longValue());
    } else if (value instanceof Float number) {
      builder.setAttr(name, number);
    } else if (value instanceof DataType dataType) {
      builder.setAttr(name, dataType);
    } else if (value instanceof long[] numbers) {
      builder.setAttr(name, numbers);
    } else if (value instanceof float[] numbers) {
      builder.setAttr(name, numbers);
    } else {
      throw new IllegalArgumentException("no attribute of type " + value.getClass());
    }
  }

  String op() {
    return op;
  }

  /** The operation, and what is special about this use of it. */
  @Override
  public String toString() {
    return variant.isEmpty() ? op : op + " " + variant;
  }
}
