package dev.alig.conformance.subjects;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The trained models, built from operations with a gradient in TensorFlow. Variables have torch's
 * shapes.
 *
 * <p>Recurrent networks are unrolled, because TensorFlow-Java has no gradient of loops. Batch
 * normalization is built from simple operations, because the fused operation supports floats only.
 * Images have their channels last, as convolution on a CPU requires.
 */
final class TensorFlowModel<T extends TFloating> implements ModelGraph<T> {
  /** The models that can be trained in a graph. */
  static final Map<TrainingCase.Model, ModelGraph.Builder> ALL =
      Map.of(
          TrainingCase.Model.MLP, TensorFlowModel::new,
          TrainingCase.Model.CONVNET, TensorFlowModel::new,
          TrainingCase.Model.BILSTM, TensorFlowModel::new,
          TrainingCase.Model.LSTM, TensorFlowModel::new,
          TrainingCase.Model.DNC, DncGraph::new,
          TrainingCase.Model.WRN,
              new ImageNetwork(ImageNetworks.WRN, ImageNetworks.WRN_WITH_DROPOUT),
          TrainingCase.Model.DENSENET,
              new ImageNetwork(ImageNetworks.DENSENET, ImageNetworks.DENSENET),
          TrainingCase.Model.RESNET, new ImageNetwork(ImageNetworks.RESNET, ImageNetworks.RESNET));

  /** The weight of a new batch in a running average, which torch calls momentum. */
  private static final double SHARE = 0.1;

  private final Ops tf;
  private final Class<T> type;
  private final TrainingCase trained;
  private final Map<String, Operand<T>> weights;
  private final List<Op> updates = new ArrayList<>();

  /**
   * Prepares a model.
   *
   * @param weights the variables by torch's names
   */
  TensorFlowModel(
      Ops tf, Class<T> type, TrainingCase trained, Map<String, ? extends Operand<T>> weights) {
    this.tf = tf;
    this.type = type;
    this.trained = trained;
    this.weights = Map.copyOf(weights);
  }

  @Override
  public List<Op> updates() {
    return updates;
  }

  @Override
  public Operand<T> loss(List<? extends Operand<T>> features, Operand<T> classes) {
    Operand<T> scores =
        switch (trained.model()) {
          case MLP -> dense(tf.nn.relu(dense(features.get(0), "hidden")), "output");
          case CONVNET -> convnet(features.get(0));
          case BILSTM -> sentencePairs(features.get(0), features.get(1));
          case LSTM -> sequences(features.get(0));
          case DNC, WRN, DENSENET, RESNET, INFERSENT ->
              throw new IllegalArgumentException(trained.model() + " is not built here");
        };
    int kinds = trained.problem().kinds();
    Operand<T> rows = tf.reshape(classes, tf.constant(new int[] {-1, kinds}));
    Operand<T> losses =
        trained.objective() == Objective.CROSS_ENTROPY
            ? crossEntropy(scores, rows)
            : hinge(scores, rows);
    double examples = trained.problem().order().get(0).size();
    return tf.math.div(tf.reduceSum(losses, tf.constant(new int[] {0})), number(examples));
  }

  /**
   * The cross-entropy per example. For doubles it is composed, because TensorFlow's operation has a
   * gradient for floats only.
   */
  private Operand<T> crossEntropy(Operand<T> scores, Operand<T> classes) {
    if (trained.dtype() == DType.FLOAT) {
      return tf.nn.softmaxCrossEntropyWithLogits(scores, classes).loss();
    }
    Operand<T> logs = tf.math.mul(classes, tf.nn.logSoftmax(scores));
    return tf.math.neg(tf.reduceSum(logs, tf.constant(1)));
  }

  private Operand<T> hinge(Operand<T> scores, Operand<T> classes) {
    Operand<TInt32> last = tf.constant(1);
    Operand<T> margins = tf.math.add(scores, tf.math.sub(number(1), classes));
    return tf.math.sub(
        tf.reduceMax(margins, last), tf.reduceSum(tf.math.mul(scores, classes), last));
  }

  private Operand<T> number(double value) {
    return tf.dtypes.cast(tf.constant(value), type);
  }

  private Operand<T> weight(String name) {
    Operand<T> weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("the case has no parameter " + name);
    }
    return weight;
  }

  private Operand<T> dense(Operand<T> input, String layer) {
    return tf.math.add(product(input, layer + ".weight"), weight(layer + ".bias"));
  }

  private Operand<T> product(Operand<T> input, String matrix) {
    return tf.linalg.matMul(input, weight(matrix), MatMul.transposeB(true));
  }

  private Operand<T> convnet(Operand<T> images) {
    Operand<T> kernel = permuted(weight("convolution.weight"), 2, 3, 1, 0);
    Operand<T> maps =
        tf.nn.conv2d(permuted(images, 0, 2, 3, 1), kernel, List.of(1L, 1L, 1L, 1L), "VALID");
    Operand<T> active = tf.nn.relu(normalized(maps));
    Operand<T> pooled =
        tf.nn.maxPool(
            active,
            tf.constant(new int[] {1, 2, 2, 1}),
            tf.constant(new int[] {1, 2, 2, 1}),
            "VALID");
    // torch puts the channels first when it flattens an image.
    Operand<T> flat = tf.reshape(permuted(pooled, 0, 3, 1, 2), tf.constant(new int[] {rows(), -1}));
    return dense(flat, "output");
  }

  private int rows() {
    return trained.problem().order().get(0).size();
  }

  private Operand<T> permuted(Operand<T> input, int... order) {
    return tf.linalg.transpose(input, tf.constant(order));
  }

  private Operand<T> normalized(Operand<T> maps) {
    Operand<TInt32> axes = tf.constant(new int[] {0, 1, 2});
    Operand<T> mean = tf.math.mean(maps, axes);
    Operand<T> centered = tf.math.sub(maps, mean);
    Operand<T> variance = tf.math.mean(tf.math.mul(centered, centered), axes);
    move("normalization.running_mean", mean);
    move("normalization.running_var", variance);
    Operand<T> scaled = tf.math.mul(centered, tf.math.rsqrt(tf.math.add(variance, number(1e-5))));
    return tf.math.add(
        tf.math.mul(scaled, weight("normalization.weight")), weight("normalization.bias"));
  }

  private void move(String average, Operand<T> ofBatch) {
    Operand<T> held = weight(average);
    updates.add(
        tf.assign(
            held,
            tf.math.add(
                tf.math.mul(tf.identity(held), number(1 - SHARE)),
                tf.math.mul(ofBatch, number(SHARE)))));
  }

  private Operand<T> sentencePairs(Operand<T> first, Operand<T> second) {
    Operand<T> u = encoded(first);
    Operand<T> v = encoded(second);
    Operand<T> distance = tf.math.abs(tf.math.sub(u, v));
    Operand<T> features = tf.concat(List.of(u, v, distance, tf.math.mul(u, v)), tf.constant(1));
    return dense(features, "output");
  }

  private Operand<T> encoded(Operand<T> sentence) {
    List<Operand<T>> words = steps(sentence);
    List<Operand<T>> forward = lstm(words, "encoder", "");
    List<Operand<T>> backward = reversed(lstm(reversed(words), "encoder", "_reverse"));
    List<Operand<T>> both =
        IntStream.range(0, words.size())
            .<Operand<T>>mapToObj(
                t -> tf.concat(List.of(forward.get(t), backward.get(t)), tf.constant(1)))
            .toList();
    return tf.reduceMax(tf.stack(both, Stack.axis(1L)), tf.constant(1));
  }

  private Operand<T> sequences(Operand<T> inputs) {
    List<Operand<T>> states = lstm(steps(inputs), "memory", "");
    int width = size("output.weight");
    Operand<T> rows =
        tf.reshape(tf.stack(states, Stack.axis(1L)), tf.constant(new int[] {-1, width}));
    return dense(rows, "output");
  }

  private List<Operand<T>> steps(Operand<T> sequences) {
    int number = trained.problem().features().get(0).shape().get(1);
    Unstack<T> steps = tf.unstack(sequences, (long) number, Unstack.axis(1L));
    List<Operand<T>> list = new ArrayList<>();
    steps.forEach(list::add);
    return list;
  }

  private static <E> List<E> reversed(List<E> list) {
    List<E> turned = new ArrayList<>(list);
    Collections.reverse(turned);
    return turned;
  }

  private List<Operand<T>> lstm(List<Operand<T>> inputs, String layer, String direction) {
    String end = "_l0" + direction;
    List<Operand<T>> states = new ArrayList<>();
    Operand<T> zeros =
        tf.fill(tf.constant(new int[] {rows(), size(layer + ".weight_hh" + end)}), number(0));
    Operand<T> state = zeros;
    Operand<T> cell = zeros;
    for (Operand<T> input : inputs) {
      Operand<T> sums =
          tf.math.add(
              tf.math.add(
                  product(input, layer + ".weight_ih" + end),
                  product(state, layer + ".weight_hh" + end)),
              weight(layer + ".bias_ih" + end));
      List<Operand<T>> gates = new ArrayList<>();
      tf.split(tf.constant(1), sums, 4L).forEach(gates::add);
      Operand<T> kept = tf.math.mul(tf.math.sigmoid(gates.get(1)), cell);
      Operand<T> added = tf.math.mul(tf.math.sigmoid(gates.get(0)), tf.math.tanh(gates.get(2)));
      cell = tf.math.add(kept, added);
      state = tf.math.mul(tf.math.sigmoid(gates.get(3)), tf.math.tanh(cell));
      states.add(state);
    }
    return states;
  }

  /** The second length of a matrix. */
  private int size(String matrix) {
    return trained.problem().shape(matrix).get(1);
  }
}
