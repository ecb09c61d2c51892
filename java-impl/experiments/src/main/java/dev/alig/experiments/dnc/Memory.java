package dev.alig.experiments.dnc;

import dev.alig.experiments.graph.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceProd;
import org.tensorflow.types.family.TNumber;

/**
 * The memory of a differentiable neural computer, addressed by content, by unused slots, and by the
 * order of writing (Graves et al., Nature 538, 2016, doi:10.1038/nature20101, methods).
 *
 * <p>A weighting over the N slots is a row, [batch, 1, N]; the weightings of the R read heads are
 * [batch, R, N]. As in DeepMind's program, no gradient flows from the usage to the write weighting.
 */
final class Memory<T extends TNumber> {
  /** Keeps roots, quotients and products of usages away from 0. */
  private static final double EPSILON = 1e-6;

  private final Ops tf;
  private final Arithmetic<T> a;
  private final DncSizes sizes;
  private final int batch;
  private final Operand<T> offDiagonal;
  private final Operand<T> earlier;

  /**
   * The state of the memory between two time steps.
   *
   * @param rows the contents, [batch, N, W]
   * @param norms the norms of the rows, [batch, 1, N]
   * @param read where each head read, [batch, R, N]
   * @param written where the last write was, [batch, 1, N]
   * @param link how much slot i was written right after slot j, [batch, N, N]
   * @param precedence how much a slot was the last one written, [batch, 1, N]
   * @param usage how much a slot is in use, [batch, 1, N]
   */
  record State<T extends TNumber>(
      Operand<T> rows,
      Operand<T> norms,
      Operand<T> read,
      Operand<T> written,
      Operand<T> link,
      Operand<T> precedence,
      Operand<T> usage) {}

  Memory(Ops tf, Arithmetic<T> arithmetic, DncSizes sizes, int batch) {
    this.tf = tf;
    this.a = arithmetic;
    this.sizes = sizes;
    this.batch = batch;
    int n = sizes.slots();
    double[] off = new double[n * n];
    double[] lower = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        off[i * n + j] = i == j ? 0 : 1;
        lower[i * n + j] = j < i ? 1 : 0;
      }
    }
    this.offDiagonal = square(off);
    this.earlier = square(lower);
  }

  private Operand<T> square(double[] values) {
    Class<T> type = a.number(0).type();
    return a.reshape(tf.dtypes.cast(tf.constant(values), type), 1, sizes.slots(), sizes.slots());
  }

  /** An empty memory. */
  State<T> empty() {
    int n = sizes.slots();
    Operand<T> rows = a.zeros(batch, n, sizes.word());
    Operand<T> row = a.zeros(batch, 1, n);
    Operand<T> read = a.zeros(batch, sizes.readHeads(), n);
    return new State<>(rows, norms(rows), read, row, a.zeros(batch, n, n), row, row);
  }

  /**
   * Writes and reads once.
   *
   * @param controls the controller's numbers, [batch, {@link DncSizes#interfaceWidth()}]
   */
  State<T> step(State<T> before, Operand<T> controls) {
    Controls said = new Controls(controls);
    Operand<T> usage = usage(before, a.sigmoid(said.next(sizes.readHeads(), 1)));
    Operand<T> vector = said.next(1, sizes.word());
    Operand<T> erased = a.sigmoid(said.next(1, sizes.word()));
    Operand<T> key = said.next(1, sizes.word());
    Operand<T> strength = said.next(1, 1);
    Operand<T> toUnused = a.sigmoid(said.next(1, 1));
    Operand<T> gate = a.sigmoid(said.next(1, 1));
    Operand<T> written =
        a.times(
            gate,
            a.plus(
                a.times(toUnused, unused(usage)),
                a.times(
                    a.oneMinus(toUnused), byContent(before.rows, before.norms, key, strength))));

    Operand<T> column = a.reshape(written, batch, sizes.slots(), 1);
    Operand<T> kept = a.times(before.rows, a.oneMinus(a.times(column, erased)));
    Operand<T> rows = a.plus(kept, a.times(column, vector));
    Operand<T> norms = norms(rows);

    Operand<T> scale = a.minus(a.oneMinus(column), written);
    Operand<T> fresh = a.times(column, before.precedence);
    Operand<T> link = a.times(a.plus(a.times(scale, before.link), fresh), offDiagonal);
    Operand<T> precedence =
        a.plus(a.times(a.oneMinus(a.sum(written, 2)), before.precedence), written);

    Operand<T> keys = said.next(sizes.readHeads(), sizes.word());
    Operand<T> strengths = said.next(sizes.readHeads(), 1);
    Operand<T> modes = tf.nn.softmax(said.next(sizes.readHeads(), DncSizes.READ_MODES));
    List<Operand<T>> mode = new ArrayList<>();
    tf.split(tf.constant(2), modes, (long) DncSizes.READ_MODES).forEach(mode::add);
    Operand<T> backward = a.times(mode.get(0), a.product(before.read, link));
    Operand<T> forward = a.times(mode.get(1), a.productTransposed(before.read, link));
    Operand<T> content = a.times(mode.get(2), byContent(rows, norms, keys, strengths));
    Operand<T> read = a.plus(content, a.plus(forward, backward));
    return new State<>(rows, norms, read, written, link, precedence, usage);
  }

  /** The rows that were read, [batch, R · W]. */
  Operand<T> words(State<T> state) {
    return a.reshape(a.product(state.read, state.rows), batch, sizes.readHeads() * sizes.word());
  }

  /**
   * The new usage. It grows where something was written, and falls where it was read and may be
   * freed.
   */
  private Operand<T> usage(State<T> before, Operand<T> free) {
    Operand<T> written = tf.stopGradient(before.written);
    Operand<T> grown = a.plus(before.usage, a.times(a.oneMinus(before.usage), written));
    Operand<T> retained = product(a.oneMinus(a.times(free, before.read)), 1);
    return a.times(grown, retained);
  }

  /**
   * The weighting of unused slots. The slots are in the order of their usage u, the least used
   * first. Slot i gets 1 − u_i times the product of the usages before it.
   *
   * <p>Instead of sorting, each slot multiplies over all slots that come before it. TensorFlow-Java
   * has no gradient for the values of a sort or for a cumulative product.
   */
  private Operand<T> unused(Operand<T> usage) {
    int n = sizes.slots();
    Operand<T> free = a.oneMinus(a.plus(a.number(EPSILON), a.times(a.number(1 - EPSILON), usage)));
    Operand<T> column = a.reshape(free, batch, n, 1);
    Class<T> type = free.type();
    Operand<T> more = tf.dtypes.cast(tf.math.greater(free, column), type);
    Operand<T> equal = tf.dtypes.cast(tf.math.equal(free, column), type);
    Operand<T> before = tf.stopGradient(a.plus(more, a.times(equal, earlier)));
    Operand<T> others = product(a.oneMinus(a.times(before, free)), 2);
    return a.times(free, a.reshape(others, batch, 1, n));
  }

  /** The softmax over slots of strength times the cosine of key and row; one row per key. */
  private Operand<T> byContent(
      Operand<T> rows, Operand<T> norms, Operand<T> keys, Operand<T> strengths) {
    Operand<T> lengths = length(keys);
    Operand<T> cosine =
        a.over(a.productTransposed(keys, rows), a.plus(a.times(lengths, norms), a.number(EPSILON)));
    return tf.nn.softmax(a.times(cosine, tf.math.softplus(strengths)));
  }

  private Operand<T> norms(Operand<T> rows) {
    return a.reshape(length(rows), batch, 1, sizes.slots());
  }

  private Operand<T> length(Operand<T> vectors) {
    return tf.math.sqrt(a.plus(a.sum(a.times(vectors, vectors), 2), a.number(EPSILON)));
  }

  private Operand<T> product(Operand<T> x, int axis) {
    return tf.reduceProd(x, tf.constant(axis), ReduceProd.keepDims(true));
  }

  /** Reads the controller's numbers part by part. */
  private final class Controls {
    private final Operand<T> all;
    private int from;

    Controls(Operand<T> all) {
      this.all = all;
    }

    Operand<T> next(int rows, int columns) {
      Operand<T> part =
          tf.slice(
              all,
              tf.constant(new int[] {0, from}),
              tf.constant(new int[] {batch, rows * columns}));
      from += rows * columns;
      return a.reshape(part, batch, rows, columns);
    }
  }
}
