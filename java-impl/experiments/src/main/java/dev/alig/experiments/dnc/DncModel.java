package dev.alig.experiments.dnc;

import dev.alig.experiments.graph.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TNumber;

/**
 * A differentiable neural computer: an LSTM with a {@link Memory}, unrolled in a graph.
 *
 * <p>Its gates have the order input, candidate, forget, output; 1 is added to the forget gate. The
 * cell and the outputs are clipped to ±{@value #CLIP}, as in DeepMind's program.
 *
 * @param <T> float or double
 */
public final class DncModel<T extends TNumber> {
  private static final int CLIP = 20;
  private static final int GATES = 4;
  private static final double FORGET_BIAS = 1;

  private final Ops tf;
  private final Arithmetic<T> a;
  private final DncSizes sizes;
  private final int batch;
  private final Map<String, ? extends Operand<T>> parameters;
  private final Memory<T> memory;

  /**
   * Creates a model; {@link #logits} adds it to the graph.
   *
   * @param batch the number of sequences in a batch
   * @param parameters the parameters that {@link DncSizes#parameters()} lists
   */
  public DncModel(
      Ops tf,
      Class<T> type,
      DncSizes sizes,
      int batch,
      Map<String, ? extends Operand<T>> parameters) {
    this.tf = tf;
    this.a = new Arithmetic<>(tf, type);
    this.sizes = sizes;
    this.batch = batch;
    this.parameters = Map.copyOf(parameters);
    this.memory = new Memory<>(tf, a, sizes, batch);
  }

  /** The controller's state between two time steps. */
  private record Cell<T extends TNumber>(Operand<T> hidden, Operand<T> cell) {}

  /**
   * The outputs before the logistic function, [steps, batch, outputs].
   *
   * @param observations the inputs, [steps, batch, inputs]
   */
  public Operand<T> logits(Operand<T> observations, int steps) {
    Unstack<T> inputs = tf.unstack(observations, (long) steps, Unstack.axis(0L));
    Memory.State<T> state = memory.empty();
    Operand<T> words = a.zeros(batch, sizes.readHeads() * sizes.word());
    Operand<T> zeros = a.zeros(batch, sizes.hidden());
    Cell<T> cell = new Cell<>(zeros, zeros);
    List<Operand<T>> outputs = new ArrayList<>();
    for (Operand<T> input : inputs) {
      cell = control(cell, a.concat(List.of(input, words, cell.hidden)));
      state = memory.step(state, linear(cell.hidden, "interface"));
      words = memory.words(state);
      outputs.add(a.clip(linear(a.concat(List.of(cell.hidden, words)), "output"), CLIP));
    }
    return tf.stack(outputs, Stack.axis(0L));
  }

  private Cell<T> control(Cell<T> before, Operand<T> input) {
    List<Operand<T>> gates = new ArrayList<>();
    tf.split(tf.constant(1), linear(input, "controller"), (long) GATES).forEach(gates::add);
    Operand<T> forget = a.sigmoid(a.plus(gates.get(2), a.number(FORGET_BIAS)));
    Operand<T> added = a.times(a.sigmoid(gates.get(0)), tf.math.tanh(gates.get(1)));
    Operand<T> next = a.plus(a.times(forget, before.cell), added);
    // The hidden state needs no clipping: its absolute value is below 1.
    Operand<T> hidden = a.times(tf.math.tanh(next), a.sigmoid(gates.get(3)));
    return new Cell<>(hidden, a.clip(next, CLIP));
  }

  private Operand<T> linear(Operand<T> input, String layer) {
    return a.linear(input, parameter(layer + ".weights"), parameter(layer + ".bias"));
  }

  private Operand<T> parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /**
   * The loss: the negative log-likelihood of the targets that count, in nats, summed over time
   * steps and bits, averaged over sequences.
   *
   * <p>Per bit it is max(x, 0) − x·target + log(1 + exp(−|x|)). At x = 0 its derivative is that of
   * the case x ≥ 0.
   *
   * @param mask which time steps count, [steps, batch, 1]
   */
  public Operand<T> loss(Operand<T> logits, Operand<T> targets, Operand<T> mask) {
    Operand<T> zero = tf.zerosLike(logits);
    var positive = tf.math.greaterEqual(logits, zero);
    Operand<T> most = tf.select(positive, logits, zero);
    Operand<T> least = tf.select(positive, tf.math.neg(logits), logits);
    Operand<T> entropy =
        a.plus(a.minus(most, a.times(logits, targets)), tf.math.log1p(tf.math.exp(least)));
    Operand<T> counted = a.times(entropy, mask);
    return a.over(tf.reduceSum(counted, tf.constant(new int[] {0, 1, 2})), a.number(batch));
  }

  /** Among the bits that count, the share whose likelier value is the target. */
  public Operand<T> bitAccuracy(Operand<T> logits, Operand<T> targets, Operand<T> mask) {
    Operand<T> right = a.times(right(logits, targets), mask);
    Operand<T> counted = a.times(tf.reduceSum(mask, all()), a.number(sizes.outputs()));
    return a.over(tf.reduceSum(right, all()), counted);
  }

  /** The share of sequences in which every bit that counts is right. */
  public Operand<T> sequenceAccuracy(Operand<T> logits, Operand<T> targets, Operand<T> mask) {
    Operand<T> wrong = a.times(a.oneMinus(right(logits, targets)), mask);
    Operand<T> perSequence = tf.reduceSum(wrong, tf.constant(new int[] {0, 2}));
    Operand<T> perfect =
        tf.dtypes.cast(tf.math.equal(perSequence, a.number(0)), perSequence.type());
    return a.over(tf.reduceSum(perfect, tf.constant(0)), a.number(batch));
  }

  private Operand<T> right(Operand<T> logits, Operand<T> targets) {
    Operand<T> said = tf.dtypes.cast(tf.math.greater(logits, a.number(0)), logits.type());
    return tf.dtypes.cast(tf.math.equal(said, targets), logits.type());
  }

  private Operand<org.tensorflow.types.TInt32> all() {
    return tf.constant(new int[] {0, 1, 2});
  }
}
