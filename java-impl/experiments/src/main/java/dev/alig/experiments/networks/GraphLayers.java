package dev.alig.experiments.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Layers as operations of TensorFlow; images have their channels last.
 *
 * <p>The layers for training and those for evaluation are two parts of one graph and share their
 * variables.
 *
 * @param <T> the type of parameters and outputs
 */
public final class GraphLayers<T extends TFloating> implements Layers<Operand<T>> {
  private static final double EPS = 1e-5;
  private static final double MOVE = 0.1;

  private final Ops tf;
  private final Class<T> type;
  private final Map<String, ? extends Operand<T>> variables;
  private final boolean training;
  private final Operand<TInt32> batch;
  private final Operand<TInt64> seed;
  private final List<Op> updates = new ArrayList<>();
  private long dropouts;

  /**
   * Creates layers that use these variables, or arrays that are computed from variables.
   *
   * @param variables by name; a kernel has the axes height, width, inputs, outputs, and the matrix
   *     of a linear layer has inputs, outputs
   * @param training whether batches are normalized by their own statistics, and dropout is active
   * @param batch the number of images
   * @param seed the seed of dropout
   */
  public GraphLayers(
      Ops tf,
      Class<T> type,
      Map<String, ? extends Operand<T>> variables,
      boolean training,
      Operand<TInt32> batch,
      Operand<TInt64> seed) {
    this.tf = tf;
    this.type = type;
    this.variables = variables;
    this.training = training;
    this.batch = batch;
    this.seed = seed;
  }

  /** The operations that move the running statistics towards those of a batch. */
  public List<Op> updates() {
    return updates;
  }

  private Operand<T> variable(String name) {
    Operand<T> variable = variables.get(name);
    if (variable == null) {
      throw new IllegalArgumentException("there is no variable " + name);
    }
    return variable;
  }

  private Operand<T> constant(double value) {
    return tf.dtypes.cast(tf.constant(value), type);
  }

  /**
   * Pads in a separate operation, because TensorFlow pads only one side if a stride does not fit.
   */
  @Override
  public Operand<T> convolution(
      String name, Operand<T> input, int outputs, int kernel, int stride) {
    int side = kernel / 2;
    int[][] zeros = {{0, 0}, {side, side}, {side, side}, {0, 0}};
    Operand<T> padded = side == 0 ? input : tf.pad(input, tf.constant(zeros), constant(0));
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    return tf.nn.conv2d(padded, variable(name + ".weight"), strides, "VALID");
  }

  @Override
  public Operand<T> normalization(String name, Operand<T> input) {
    Operand<T> scale = variable(name + ".weight");
    Operand<T> shift = variable(name + ".bias");
    Operand<T> mean = variable(name + ".running_mean");
    Operand<T> variance = variable(name + ".running_var");
    if (!training) {
      return normalized(input, mean, variance, scale, shift);
    }
    return type == TFloat32.class
        ? fused(input, scale, shift, mean, variance)
        : written(input, scale, shift, mean, variance);
  }

  /** The formula in basic operations, for types that the fused operation does not support. */
  private Operand<T> written(
      Operand<T> input,
      Operand<T> scale,
      Operand<T> shift,
      Operand<T> runningMean,
      Operand<T> runningVariance) {
    Operand<TInt32> axes = tf.constant(new int[] {0, 1, 2});
    Operand<T> mean = tf.math.mean(input, axes);
    Operand<T> variance = tf.math.mean(tf.math.squaredDifference(input, mean), axes);
    Operand<T> count = tf.dtypes.cast(tf.math.mul(batch, tf.constant(area(input))), type);
    Operand<T> unbiased = tf.math.div(count, tf.math.sub(count, constant(1)));
    move(runningMean, mean);
    move(runningVariance, tf.math.mul(variance, unbiased));
    return normalized(input, mean, variance, scale, shift);
  }

  /** The fused operation returns the unbiased variance. */
  @SuppressWarnings("unchecked")
  private Operand<T> fused(
      Operand<T> input,
      Operand<T> scale,
      Operand<T> shift,
      Operand<T> runningMean,
      Operand<T> runningVariance) {
    Operand<T> none = (Operand<T>) tf.constant(new float[0]);
    FusedBatchNorm<T, T> norm =
        tf.nn.fusedBatchNorm(
            input,
            scale,
            shift,
            none,
            none,
            FusedBatchNorm.isTraining(true),
            FusedBatchNorm.epsilon((float) EPS));
    move(runningMean, norm.batchMean());
    move(runningVariance, norm.batchVariance());
    return norm.y();
  }

  private Operand<T> normalized(
      Operand<T> input, Operand<T> mean, Operand<T> variance, Operand<T> scale, Operand<T> shift) {
    Operand<T> eps = constant(EPS);
    Operand<T> factor = tf.math.mul(tf.math.rsqrt(tf.math.add(variance, eps)), scale);
    return tf.math.add(tf.math.mul(tf.math.sub(input, mean), factor), shift);
  }

  private void move(Operand<T> running, Operand<T> observed) {
    Operand<T> kept = tf.math.mul(running, constant(1 - MOVE));
    updates.add(tf.assign(running, tf.math.add(kept, tf.math.mul(observed, constant(MOVE)))));
  }

  @Override
  public Operand<T> relu(Operand<T> input) {
    return tf.nn.relu(input);
  }

  /** Each dropout of the network draws from the seed and its own number. */
  @Override
  public Operand<T> dropout(Operand<T> input, double rate) {
    if (!training) {
      return input;
    }
    Operand<TInt64> own = tf.stack(List.of(seed, tf.constant(dropouts++)));
    Operand<TFloat32> drawn = tf.random.statelessRandomUniform(shape(input), own, TFloat32.class);
    Operand<T> kept = tf.dtypes.cast(tf.math.greaterEqual(drawn, tf.constant((float) rate)), type);
    return tf.math.mul(input, tf.math.mul(kept, constant(1 / (1 - rate))));
  }

  /** The shape of the input. It is not computed from the input, which depends on variables. */
  private Operand<TInt32> shape(Operand<T> input) {
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(batch));
    long[] known = input.shape().asArray();
    IntStream.range(1, known.length)
        .forEach(axis -> sizes.add(tf.constant(Math.toIntExact(known[axis]))));
    return tf.stack(sizes);
  }

  private static int area(Operand<?> input) {
    Shape shape = input.shape();
    return Math.toIntExact(shape.get(1) * shape.get(2));
  }

  @Override
  public Operand<T> sum(Operand<T> first, Operand<T> second) {
    return tf.math.add(first, second);
  }

  @Override
  public Operand<T> concatenation(Operand<T> first, Operand<T> second) {
    return tf.concat(List.of(first, second), tf.constant(3));
  }

  @Override
  public Operand<T> halvedByMean(Operand<T> input) {
    List<Long> two = List.of(1L, 2L, 2L, 1L);
    return tf.nn.avgPool(input, two, two, "VALID");
  }

  /**
   * Pads by the least number there is. TensorFlow has no gradient of its own padding on two sides.
   */
  @Override
  public Operand<T> halvedByMaximum(Operand<T> input) {
    int[][] one = {{0, 0}, {1, 1}, {1, 1}, {0, 0}};
    double least = type == TFloat32.class ? -Float.MAX_VALUE : -Double.MAX_VALUE;
    Operand<T> padded = tf.pad(input, tf.constant(one), constant(least));
    Operand<TInt32> square = tf.constant(new int[] {1, 3, 3, 1});
    return tf.nn.maxPool(padded, square, tf.constant(new int[] {1, 2, 2, 1}), "VALID");
  }

  @Override
  public Operand<T> channelMeans(Operand<T> input) {
    return tf.math.mean(input, tf.constant(new int[] {1, 2}));
  }

  @Override
  public Operand<T> linear(String name, Operand<T> input, int outputs, Bias bias) {
    Operand<T> product = tf.linalg.matMul(input, variable(name + ".weight"));
    return bias == Bias.NONE ? product : tf.math.add(product, variable(name + ".bias"));
  }
}
